const named: Readonly<Record<string, string>> = { '\n': '\\n', '\r': '\\r', '\t': '\\t', '\\': '\\\\' };

/** Control and format characters, separators other than the space, and lone surrogates: what nobody would see. */
const invisible = /[\p{Cc}\p{Cf}\p{Co}\p{Cn}\p{Zl}\p{Zp}\p{Cs}\\]|(?! )\p{Zs}/gu;

/**
 * A text in which everything can be seen: what is invisible is written as JavaScript escapes it, joiners inside an emoji
 * included. Plain spaces stay.
 */
export function visibleText(text: string): string {
  return text.replace(invisible, (character) => {
    const code = character.codePointAt(0) ?? 0;
    return (
      named[character] ?? (code > 0xffff ? `\\u{${code.toString(16)}}` : `\\u${code.toString(16).padStart(4, '0')}`)
    );
  });
}

/** Bytes as two hexadecimal digits each, with spaces between; at most `limit` of them, then an ellipsis. */
export function hexBytes(bytes: ArrayLike<number>, limit: number): string {
  const shown = Array.from({ length: Math.min(bytes.length, limit) }, (_, index) =>
    (bytes[index] ?? 0).toString(16).toUpperCase().padStart(2, '0'),
  );
  return `${shown.join(' ')}${bytes.length > limit ? ' …' : ''}`;
}
