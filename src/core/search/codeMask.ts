/**
 * Longest comment or string over several lines that is taken for one. What opens one without closing it is no comment: a glob
 * in an unquoted text, a regular expression. Own choice; the bound also keeps the search linear.
 */
const longest = 20_000;

/** Lifetimes of Rust, which look like the beginning of a string. */
const lifetime = String.raw`(?<=[&<]|<[^()\n]{0,60}, )'[a-z_]\w*(?!['\w])`;
const blockComment = String.raw`\/\*[\s\S]{0,${longest}}?\*\/`;
const lineComment = String.raw`\/\/[^\n]*|(?<=^|[ \t])#(?=[ \t!#]|$)[^\n]*|(?<=^[ \t]*)--(?=[ \t[]|$)[^\n]*`;
const longString = String.raw`"""[\s\S]{0,${longest}}?"""|'''[\s\S]{0,${longest}}?'''|\`(?:[^\`\\]|\\[\s\S]){0,${longest}}\``;
const shortString = String.raw`"[^"\\\n]*(?:\\.[^"\\\n]*)*"|'[^'\\\n]*(?:\\.[^'\\\n]*)*'`;

const opaque = new RegExp([lifetime, blockComment, lineComment, longString, shortString].join('|'), 'gm');
/** Strings that are names themselves, as keys of objects are. */
const plainName = /^["'][\w.$/-]{1,60}["']$/;
const notLineBreak = /[^\n]/g;
/** Stands for each closing quote of a string over several lines. */
export const endOfLongString = '\uE000';

/**
 * The text with blanks in place of what comments and strings say, so that brackets and words that are left are code. Line
 * breaks and the length stay; strings keep their quotes, but for {@link endOfLongString}. No language is asked for: what begins a comment in one of them is
 * rare as code in the others.
 */
export function maskCode(text: string): string {
  return text.replace(opaque, (found) => {
    if (found.startsWith('/') || found.startsWith('#') || found.startsWith('-')) return blanks(found);
    if (plainName.test(found) || !/["'`]$/.test(found) || found.length < 2) return found;
    const quotes = /^(?:"""|''')/.test(found) ? 3 : 1;
    const end = found.includes('\n') ? endOfLongString.repeat(quotes) : found.slice(-quotes);
    return found.slice(0, quotes) + blanks(found.slice(quotes, -quotes)) + end;
  });
}

function blanks(text: string): string {
  return text.replace(notLineBreak, ' ');
}
