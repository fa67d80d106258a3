/**
 * Turns an English sentence with `{0}` placeholders into the user's language; `vscode.l10n.t` in the editor. Passed in,
 * so that what says something to people can be tested without an editor. Every call names its sentence as a literal:
 * a test holds those literals and the bundles together.
 */
export type Translate = (message: string, ...values: (string | number)[]) => string;
