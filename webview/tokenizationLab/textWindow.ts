/** A part of the text that is drawn, because all of it would be too much. UTF-16 offsets, half-open. */
export interface TextWindow {
  readonly start: number;
  readonly end: number;
}

/** Most of a text that is drawn at once, UTF-16 units. */
export const windowLength = 2400;

/** How far back from the longest possible end a line end is looked for, so that windows end between lines. */
const lineEndReach = 400;

/** The windows that a text is drawn in, one after the other; they tile the text and end between lines where they can. */
export function textWindows(text: string, length = windowLength): readonly TextWindow[] {
  const windows: TextWindow[] = [];
  let start = 0;
  while (text.length - start > length) {
    const longest = start + length;
    const lineEnd = text.lastIndexOf('\n', longest - 1) + 1;
    const end = lineEnd > Math.max(start, longest - lineEndReach) ? lineEnd : wholeCharacter(text, longest);
    windows.push({ start, end });
    start = end;
  }
  return [...windows, { start, end: text.length }];
}

/** Does not cut a surrogate pair. */
function wholeCharacter(text: string, offset: number): number {
  return /^[\ud800-\udbff][\udc00-\udfff]$/.test(text.slice(offset - 1, offset + 1)) ? offset - 1 : offset;
}
