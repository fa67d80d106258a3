import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { root } from '../../e2e/editor/places.js';
import { koreanStrings } from '../harness/koreanStrings.js';
import { themeKinds } from '../harness/theme.js';
import { explained, withMemory } from './explainedSample.js';
import { Host, withWhyPanel } from './whyUnderTest.js';

const open = withWhyPanel();

describe('the page that says why', () => {
  it('is worked by the keyboard alone', async () => {
    const host = new Host(explained);
    const { page } = await open(host);
    await page.locator('.change').first().waitFor();
    const reached = new Set<string>();
    for (let press = 0; press < 40; press++) {
      await page.keyboard.press('Tab');
      reached.add(
        await page.evaluate(`(() => {
          let active = document.activeElement;
          while (active?.shadowRoot?.activeElement) active = active.shadowRoot.activeElement;
          return active?.getAttribute('role') ?? active?.className ?? active?.tagName ?? '';
        })()`),
      );
    }
    expect([...reached]).toEqual(expect.arrayContaining(['option', 'link', 'change step3']));
  });

  it.each(themeKinds)('looks right in %s', async (theme) => {
    const { page } = await open(new Host(withMemory), { theme, viewport: { width: 720, height: 1500 } });
    await page.locator('.change').first().waitFor();
    await page.screenshot({ path: path.join(root, `out/webview/whySuggestion-${theme}.png`) });
    const lines = await page.evaluate(`[...document.querySelector('glassbox-why-suggestion').shadowRoot
      .querySelector('glassbox-token-row').shadowRoot.querySelectorAll('.token')]
      .map((one) => getComputedStyle(one).borderBottomWidth)`);
    expect(new Set(lines as string[]).size).toBeGreaterThan(2);
  });

  it('speaks Korean', async () => {
    const { page } = await open(new Host(withMemory), {
      ...{ language: 'ko', strings: koreanStrings, reducedMotion: 'reduce' as const },
      viewport: { width: 520, height: 1700 },
    });
    await page.locator('.change').first().waitFor();
    await page.screenshot({ path: path.join(root, 'out/webview/whySuggestion-ko.png') });
    const text = (await page.locator('section, .detail').allInnerTexts()).join('\n');
    expect(text).toContain('없었다면 어땠을까요?');
    expect(text).toContain('토큰 5개 중 3개가 주로 내 코드에서 왔습니다: src/cart.ts 12~13번째 줄');
    expect(text.match(/\b(the|line|token|suggestion|memory|alone)\b/gi) ?? []).toEqual([]);
  });
});
