import type { Page } from 'playwright-core';

/** A box that an extension painted behind the text of a line, in characters from the line's start, half-open. */
export interface PaintedBox {
  readonly start: number;
  readonly end: number;
  /** Colours as CSS writes them. */
  readonly background: string;
  readonly border: string;
  /** Thickness of the line on the left, in pixels; 0 where there is none. */
  readonly borderWidth: number;
  /** The line below, such as `2px solid`; its width is 0 where there is none. */
  readonly underline: string;
}

type BoxStyle = 'backgroundColor' | 'borderLeftColor' | 'borderLeftWidth' | 'borderBottomWidth' | 'borderBottomStyle';

/** What a page has and this file uses; the compiler knows no page here. */
interface PageElement {
  readonly textContent: string;
  querySelectorAll(selector: string): Iterable<PageElement>;
  getBoundingClientRect(): { readonly left: number; readonly top: number; readonly width: number };
}
interface PageGlobals {
  readonly document: PageElement;
  readonly getComputedStyle: (element: PageElement) => Readonly<Record<BoxStyle, string>>;
}

/**
 * The boxes behind the first line on the screen that has this text, from left to right, by where they are drawn.
 *
 * @param text the whole line, in a font of equal widths
 * @returns empty when nothing is painted there
 */
export async function paintedLine(page: Page, text: string): Promise<readonly PaintedBox[]> {
  return page.evaluate((wanted) => {
    const { document, getComputedStyle } = globalThis as unknown as PageGlobals;
    // The editor draws spaces as no-break spaces.
    const isWanted = (line: PageElement): boolean => line.textContent.replaceAll('\u00a0', ' ') === wanted;
    const line = [...document.querySelectorAll('.editor-instance .view-line')].find(isWanted);
    const span = line === undefined ? undefined : [...line.querySelectorAll(':scope > span')][0];
    if (span === undefined || wanted === '') return [];
    const { left, top, width } = span.getBoundingClientRect();
    const characterWidth = width / wanted.length;
    return [...document.querySelectorAll('.editor-instance .view-overlays .cdr')]
      .map((element) => ({ box: element.getBoundingClientRect(), style: getComputedStyle(element) }))
      .filter(({ box, style }) => {
        const isTinted = !/^(transparent|rgba\(0, 0, 0, 0\))$/.test(style.backgroundColor);
        return Math.abs(box.top - top) < 4 && (isTinted || style.borderLeftWidth !== '0px');
      })
      .map(({ box, style }) => ({
        start: Math.round((box.left - left) / characterWidth),
        end: Math.round((box.left - left + box.width) / characterWidth),
        background: style.backgroundColor,
        border: style.borderLeftColor,
        borderWidth: parseFloat(style.borderLeftWidth),
        underline: `${style.borderBottomWidth} ${style.borderBottomStyle}`,
      }))
      .sort((a, b) => a.start - b.start);
  }, text);
}
