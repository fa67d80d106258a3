import { describe, expect, it } from 'vitest';
import { panelHtml, type PanelPage } from '../../../../src/host/panels/panelHtml.js';

const page: PanelPage = {
  title: 'Tokenization Lab',
  language: 'en',
  script: 'https://webview.invalid/dist/webview/tokenizationLab.js',
  nonce: 'n0nce',
  strings: undefined,
};

describe('panelHtml', () => {
  it('is one script under a policy that allows nothing else', () => {
    expect(panelHtml(page)).toMatchInlineSnapshot(`
      "<!DOCTYPE html>
      <html lang="en">
        <head>
          <meta charset="UTF-8">
          <meta http-equiv="Content-Security-Policy" content="default-src 'none'; script-src 'nonce-n0nce'; style-src 'sha256-47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU='; base-uri 'none'; form-action 'none'">
          <meta name="viewport" content="width=device-width, initial-scale=1">
          <title>Tokenization Lab</title>
        </head>
        <body>
          <script nonce="n0nce" src="https://webview.invalid/dist/webview/tokenizationLab.js"></script>
        </body>
      </html>
      "
    `);
  });

  it('lays translations into the page as an attribute that nothing breaks out of', () => {
    const html = panelHtml({ ...page, language: 'ko', strings: { 'a "b"': `<script>&'"` } });

    expect(html).toContain(
      '<html lang="ko" data-strings="{&quot;a \\&quot;b\\&quot;&quot;:&quot;&lt;script&gt;&amp;\'\\&quot;&quot;}">',
    );
  });

  it('escapes the title', () => {
    expect(panelHtml({ ...page, title: '<b>&' })).toContain('<title>&lt;b&gt;&amp;</title>');
  });
});
