/** What the page of a panel is made of. */
export interface PanelPage {
  /** Also the title of the document, for screen readers. */
  readonly title: string;
  /** BCP 47 tag of the display language. */
  readonly language: string;
  /** Address of the panel's script, as the webview reaches it. */
  readonly script: string;
  /** Fresh for every page. */
  readonly nonce: string;
  /** English sentence to translation; undefined where the display language is English. */
  readonly strings: Readonly<Record<string, string>> | undefined;
}

/** Hash of nothing: allows style elements without content, as the controls make one to ask what the browser can do. */
const emptyStyle = 'sha256-47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=';

/**
 * The page of every panel: one script, which builds the rest. The policy allows nothing else, not even a style sheet
 * (components bring theirs as constructed sheets), so that text of the user's files can never become more than text.
 */
export function panelHtml({ title, language, script, nonce, strings }: PanelPage): string {
  const scripts = `script-src 'nonce-${nonce}'`;
  const policy = `default-src 'none'; ${scripts}; style-src '${emptyStyle}'; base-uri 'none'; form-action 'none'`;
  return `<!DOCTYPE html>
<html lang="${escapeHtml(language)}"${strings === undefined ? '' : ` data-strings="${escapeHtml(JSON.stringify(strings))}"`}>
  <head>
    <meta charset="UTF-8">
    <meta http-equiv="Content-Security-Policy" content="${policy}">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <title>${escapeHtml(title)}</title>
  </head>
  <body>
    <script nonce="${nonce}" src="${escapeHtml(script)}"></script>
  </body>
</html>
`;
}

function escapeHtml(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('"', '&quot;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
