import { panelHtml } from '../../../src/host/panels/panelHtml.js';
import { readTheme, type ThemeKind } from './theme.js';

/** How a panel's page differs from the usual one. */
export interface EditorPageOptions {
  readonly script: string;
  readonly theme: ThemeKind;
  readonly language: string;
  readonly strings: Readonly<Record<string, string>> | undefined;
}

/** VS Code's own style sheet in every webview, as far as panels depend on it. */
const defaultStyles = `@layer vscode-default {
  body {
    background-color: transparent;
    color: var(--vscode-editor-foreground);
    font-family: var(--vscode-font-family);
    font-weight: var(--vscode-font-weight);
    font-size: var(--vscode-font-size);
    margin: 0;
    padding: 0 20px;
  }
}`;

/**
 * The shell of a panel as it stands in VS Code: theme variables on the root, VS Code's style sheet before the content
 * security policy, the kind of theme on the body.
 */
export function editorPage({ script, theme, language, strings }: EditorPageOptions): string {
  const { bodyClass, variables } = readTheme(theme);
  const style = Object.entries(variables).map(([name, value]) => `${name}: ${value.replaceAll('"', "'")}`);
  return panelHtml({ title: 'Panel', language, script, nonce: 'aNonceForTests', strings })
    .replace('<html ', () => `<html style="${style.join('; ')}" `)
    .replace('<head>', () => `<head><style>${defaultStyles}</style>`)
    .replace('<body>', () => `<body class="${bodyClass}" data-vscode-theme-kind="${theme}">`);
}
