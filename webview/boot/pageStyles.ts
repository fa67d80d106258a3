import { css } from 'lit';

/**
 * What every component inherits: the editor's font and colours, and the few variables that differ between the kinds of
 * theme. High contrast themes tint nothing, so there shapes carry what colours carry elsewhere.
 */
const pageStyles = css`
  body {
    --glassbox-tint: 26%;
    --glassbox-outline: transparent;
    --glassbox-muted: var(--vscode-descriptionForeground);
    --glassbox-border: var(--vscode-panel-border, var(--vscode-contrastBorder));
    color-scheme: dark;
    box-sizing: border-box;
    min-height: 100vh;
    margin: 0;
    padding: 0;
    color: var(--vscode-editor-foreground);
    background: var(--vscode-editor-background);
    font-family: var(--vscode-font-family);
    font-size: var(--vscode-font-size);
    /* Korean breaks between words. */
    word-break: keep-all;
    overflow-wrap: break-word;
  }

  body.vscode-light {
    --glassbox-tint: 22%;
    color-scheme: light;
  }

  body.vscode-high-contrast,
  body.vscode-high-contrast-light {
    --glassbox-tint: 0%;
    --glassbox-outline: var(--vscode-contrastBorder);
    --glassbox-muted: var(--vscode-editor-foreground);
    --glassbox-border: var(--vscode-contrastBorder);
  }

  body.vscode-high-contrast-light {
    color-scheme: light;
  }
`;

/** Lays the styles under a page. As a constructed sheet they need no permission in the content security policy. */
export function applyPageStyles(page: Document): void {
  const { styleSheet } = pageStyles;
  if (styleSheet !== undefined) page.adoptedStyleSheets = [...page.adoptedStyleSheets, styleSheet];
}
