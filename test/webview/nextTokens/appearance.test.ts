import { describe, expect, it } from 'vitest';
import { koreanStrings } from '../harness/koreanStrings.js';
import { themeKinds } from '../harness/theme.js';
import { withNextTokensPanel } from './nextTokensUnderTest.js';
import { branchEnded, candidates } from './pageActions.js';

const { open } = withNextTokensPanel();

describe.each(themeKinds)('in %s', (theme) => {
  it.each([
    [300, 'en'],
    [600, 'en'],
    [300, 'ko'],
  ])('nothing is wider than %i px (%s)', async (width, language) => {
    const { page } = await open({
      theme,
      language,
      viewport: { width, height: 900 },
      ...(language === 'ko' && { strings: koreanStrings }),
    });
    await candidates(page);
    await page.locator('.actions vscode-button').nth(2).click();
    await branchEnded(page);

    const wide = await page.evaluate(`(() => {
      const found = [];
      const visit = (node) => {
        for (const child of node.children) {
          const { right, width } = child.getBoundingClientRect();
          if (width > 0 && right > innerWidth + 0.5) found.push(child.tagName + '.' + child.className);
          if (child.shadowRoot !== null) visit(child.shadowRoot);
          visit(child);
        }
      };
      visit(document.body);
      return found;
    })()`);

    expect(wide).toEqual([]);
  });
});
