import { readFileSync } from 'node:fs';
import path from 'node:path';
import { root } from '../../e2e/editor/places.js';

/** The kinds of theme that VS Code tells its webviews. */
export const themeKinds = [
  'vscode-dark',
  'vscode-light',
  'vscode-high-contrast',
  'vscode-high-contrast-light',
] as const;

/** One of {@link themeKinds}. */
export type ThemeKind = (typeof themeKinds)[number];

/**
 * What VS Code 1.139 gave a webview in its default theme of each kind: the classes of the body and the variables that
 * panels use. Read from a panel's page in the editor, without the variables of terminals, editor decorations and the like.
 */
export interface Theme {
  readonly theme: string;
  readonly bodyClass: string;
  /** Name to value, `--vscode-…`. */
  readonly variables: Readonly<Record<string, string>>;
}

/** Reads what was recorded of a kind of theme. */
export function readTheme(kind: ThemeKind): Theme {
  return JSON.parse(readFileSync(path.join(root, `test/fixtures/themes/${kind}.json`), 'utf8')) as Theme;
}
