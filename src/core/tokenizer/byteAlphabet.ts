/**
 * The 256 characters by which byte-level BPE writes bytes: printable Latin-1 stands for itself, the other bytes for
 * U+0100 and up in rising order. From GPT-2, `bytes_to_unicode` in `encoder.py`.
 */
export const byteAlphabet: readonly string[] = makeByteAlphabet();

/** Byte of each character code of the alphabet, -1 for the codes between that stand for none. */
const byteOfCode = makeByteOfCode();

/** Bytes of a byte-level token; undefined when it holds a character that stands for no byte. */
export function bytesOfByteLevelToken(token: string): Uint8Array | undefined {
  const bytes = new Uint8Array(token.length);
  for (let index = 0; index < token.length; index++) {
    const byte = byteOfCode[token.charCodeAt(index)] ?? -1;
    if (byte < 0) return undefined;
    bytes[index] = byte;
  }
  return bytes;
}

/** Bytes as byte-level BPE writes them: one character each. */
export function byteLevelForm(bytes: Uint8Array): string {
  let form = '';
  for (const byte of bytes) form += byteAlphabet[byte]!;
  return form;
}

function makeByteAlphabet(): string[] {
  let next = 0x100;
  return Array.from({ length: 256 }, (_, byte) => String.fromCharCode(standsForItself(byte) ? byte : next++));
}

function makeByteOfCode(): Int16Array {
  const codes = byteAlphabet.map((character) => character.charCodeAt(0));
  const bytes = new Int16Array(Math.max(...codes) + 1).fill(-1);
  for (const [byte, code] of codes.entries()) bytes[code] = byte;
  return bytes;
}

/** Printable Latin-1 without space, no-break space and soft hyphen. */
function standsForItself(byte: number): boolean {
  return (byte > 0x20 && byte < 0x7f) || (byte > 0xa0 && byte !== 0xad);
}
