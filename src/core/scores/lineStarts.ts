import type { PlacedTokens } from '../tokenizer/placedTokens.js';
import type { LineStart } from './scoreWindows.js';

/** Characters of a line that its hash depends on. */
const hashedCharacters = 120;

/**
 * The tokens with which lines start. Where a tokenizer joins a line break and the indentation after it, the line starts
 * with that token, which then holds the end of the line before as well.
 */
export function findLineStarts(text: string, { starts, ends }: Pick<PlacedTokens, 'starts' | 'ends'>): LineStart[] {
  const lineStarts: LineStart[] = [];
  let token = 0;
  for (let lineBreak = text.indexOf('\n'); lineBreak >= 0; lineBreak = text.indexOf('\n', lineBreak + 1)) {
    const line = lineBreak + 1;
    while (token < ends.length && ends[token]! <= line) token++;
    if (token === ends.length) break;
    if (starts[token]! < lineBreak || lineStarts.at(-1)?.token === token) continue;
    lineStarts.push({ token, hash: hashLine(text, line) });
  }
  return lineStarts;
}

/** FNV-1a (Fowler, Noll, Vo) over the UTF-16 units of a line's beginning. */
function hashLine(text: string, start: number): number {
  let hash = 0x811c9dc5;
  for (let offset = start; offset < start + hashedCharacters && offset < text.length; offset++) {
    const unit = text.charCodeAt(offset);
    if (unit === 10) break;
    hash = Math.imul(hash ^ unit, 0x01000193);
  }
  return hash >>> 0;
}
