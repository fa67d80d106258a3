import type { TokenTable } from './tokenTable.js';

/**
 * Words up to this length (UTF-16 units; bytes for byte-level tokenizers) go to the library whole. Longer ones, such as
 * a megabyte of one letter, would keep it busy for tens of seconds, or exhaust its stack. Most byte-level words do not go
 * to the library at all, and are never cut (`byteLevelWords`).
 */
export const longestWord = 8192;

const metaspace = '\u2581';

/**
 * Cuts a word that is longer than {@link longestWord}. SentencePiece-like words, which hold a whole text, are cut before
 * a `▁`: no piece reaches over it, except in vocabularies with runs of blanks. Where there is none, and in byte-level
 * words, the cut falls anywhere between characters; the tokens beside such a cut may then differ from the library's.
 * WordPiece words stay whole, since the library makes one unknown token of any that is long.
 */
export function cutLongWord(word: string, table: TokenTable): string[] {
  if (word.length <= longestWord || table.kind === 'wordpiece') return [word];
  const parts: string[] = [];
  let start = 0;
  while (word.length - start > longestWord) {
    let end = start + longestWord;
    const blank = table.kind === 'metaspace' ? word.lastIndexOf(metaspace, end) : -1;
    if (blank > start + longestWord / 2) end = blank;
    else if (isLowSurrogate(word.charCodeAt(end))) end--;
    parts.push(word.slice(start, end));
    start = end;
  }
  parts.push(word.slice(start));
  return parts;
}

function isLowSurrogate(code: number): boolean {
  return code >= 0xdc00 && code < 0xe000;
}
