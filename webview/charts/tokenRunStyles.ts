import { css } from 'lit';

/**
 * Six tints of the theme's own colours. Boxes also have an edge, so that neighbours can be told apart without colour;
 * in high contrast themes the edge is all there is.
 */
export const tokenRunStyles = css`
  :host {
    display: block;
    min-width: 0;
  }

  [role='listbox'] {
    font-family: var(--vscode-editor-font-family);
    font-size: var(--vscode-editor-font-size);
    line-height: 1.65;
    overflow-wrap: anywhere;
    tab-size: 4;
  }

  span {
    --colour: var(--vscode-charts-blue);
    border-radius: 2px;
    padding: 1px 0;
    color: var(--vscode-editor-foreground);
    background: color-mix(in srgb, var(--colour) var(--glassbox-tint), transparent);
    box-shadow: inset 1px 0 0 color-mix(in srgb, var(--colour) 80%, var(--glassbox-outline));
    box-decoration-break: clone;
    cursor: default;
    white-space: pre-wrap;
    unicode-bidi: isolate;
  }

  .tint-1 {
    --colour: var(--vscode-charts-yellow);
  }

  .tint-2 {
    --colour: var(--vscode-charts-purple);
  }

  .tint-3 {
    --colour: var(--vscode-charts-green);
  }

  .tint-4 {
    --colour: var(--vscode-charts-red);
  }

  .tint-5 {
    --colour: var(--vscode-terminal-ansiCyan);
  }

  :host([flow='chips']) [role='listbox'] {
    display: flex;
    flex-wrap: wrap;
    gap: 3px;
    line-height: 1.4;
  }

  :host([flow='chips']) span {
    padding: 0 4px 0 5px;
  }

  .several::after {
    content: attr(data-count);
    padding: 0 2px;
    color: var(--glassbox-muted);
    font-size: 0.7em;
    vertical-align: super;
  }

  .differs {
    text-decoration: underline dotted currentColor 1.5px;
    text-underline-offset: 4px;
  }

  .pointed {
    color: var(--vscode-list-activeSelectionForeground, var(--vscode-editor-foreground));
    background: var(--vscode-list-activeSelectionBackground, transparent);
    outline: 1px solid var(--vscode-focusBorder);
  }

  span:focus-visible {
    outline: 2px solid var(--vscode-focusBorder);
    outline-offset: 0;
  }
`;
