import { decodeUtf8 } from './utf8.js';

/** Most bytes of a character that can be there without it being complete. */
const longestTail = 3;

/** How many bytes at the end begin a character of which more bytes are to come; 0 to 3. */
export function incompleteTailLength(bytes: Uint8Array): number {
  for (let length = 1; length <= Math.min(longestTail, bytes.length); length++) {
    const first = bytes[bytes.length - length]!;
    if (isContinuation(first)) continue;
    if (length >= sequenceLength(first)) return 0;
    // The longest beginning of a character is replaced as a whole (Encoding Standard); what can never become one is not.
    return decodeUtf8(bytes.subarray(bytes.length - length)) === '\uFFFD' ? length : 0;
  }
  return 0;
}

/** Bytes of the character that a byte begins; 1 for ASCII and for bytes that begin none. */
export function sequenceLength(byte: number): number {
  if (byte >= 0xc2 && byte < 0xe0) return 2;
  if (byte >= 0xe0 && byte < 0xf0) return 3;
  return byte >= 0xf0 && byte < 0xf5 ? 4 : 1;
}

function isContinuation(byte: number): boolean {
  return byte >= 0x80 && byte < 0xc0;
}
