import * as vscode from 'vscode';

interface LanguageContribution {
  readonly id?: unknown;
  readonly aliases?: unknown;
}

/** Names of languages as people know them (`TypeScript JSX` for `typescriptreact`), from the installed extensions. */
export class LanguageNames implements vscode.Disposable {
  private names: ReadonlyMap<string, string> | undefined;
  private readonly subscription = vscode.extensions.onDidChange(() => (this.names = undefined));

  /** The name of a language; its id when no extension names it. */
  of(languageId: string): string {
    this.names ??= readNames();
    return this.names.get(languageId) ?? languageId;
  }

  dispose(): void {
    this.subscription.dispose();
  }
}

function readNames(): ReadonlyMap<string, string> {
  const names = new Map<string, string>();
  for (const { packageJSON } of vscode.extensions.all) {
    const manifest = packageJSON as { contributes?: { languages?: unknown } } | undefined;
    const languages = manifest?.contributes?.languages;
    if (!Array.isArray(languages)) continue;
    for (const { id, aliases } of languages as LanguageContribution[]) {
      const name: unknown = Array.isArray(aliases) ? aliases[0] : undefined;
      if (typeof id !== 'string' || typeof name !== 'string' || name.startsWith('%')) continue;
      if (!names.has(id)) names.set(id, name);
    }
  }
  return names;
}
