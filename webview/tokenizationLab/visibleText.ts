/**
 * What a stretch of text looks like when nothing of it may stay invisible: blanks are dots, tabs and line ends arrows,
 * and what has no shape at all (control characters, joiners on their own, halves of a pair) is written as an escape.
 */
export function visibleText(text: string): string {
  if (isInvisible.test(text)) return Array.from(text, escapeCharacter).join('');
  return text.replace(hidden, (character) => glyphs[character] ?? escapeCharacter(character));
}

/** The same in one line, for tables and lists. */
export function visibleInline(text: string): string {
  return visibleText(text).replaceAll(/[\t\n]/g, '');
}

const glyphs: Readonly<Record<string, string>> = {
  ' ': '·',
  '\t': '→\t',
  '\n': '↵\n',
  '\r\n': '␍↵\n',
  '\r': '␍',
};

/** Line ends, blanks, controls, line and paragraph separators, byte order mark, lone surrogates. */
const hidden =
  /\r\n|[\u0000-\u0020\u007f-\u00a0\u00ad\u200b\u200e\u200f\u2028-\u202e\u2060-\u2069\ufeff]|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g;

/** Joiners, fillers and variation selectors show nothing when nothing is there to be joined, filled or varied. */
const isInvisible = /^\p{Default_Ignorable_Code_Point}+$/u;

function escapeCharacter(character: string): string {
  const code = character.codePointAt(0) ?? 0;
  return code > 0xffff ? `\\u{${code.toString(16)}}` : `\\u${code.toString(16).padStart(4, '0')}`;
}

/** Bytes as people read them: `ed 95 9c`. */
export function hexBytes(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join(' ');
}
