import { decodeUtf8 } from '../../../src/core/text/utf8.js';
import { bytesOfByteLevelToken } from '../../../src/core/tokenizer/byteAlphabet.js';
import type { ReplayTrace } from '../../../src/core/tokenizer/replay/replayTrace.js';
import { hexBytes, visibleInline } from '../visibleText.js';

/** True when the tokenizer writes bytes as characters, so that its symbols are not what people read. */
export function isByteLevel({ sections }: ReplayTrace): boolean {
  return sections.some(
    (section) => section.kind === 'text' && section.preTokenization.some(({ component }) => component === 'ByteLevel'),
  );
}

/** A symbol for people: the text that its bytes are, or the bytes where they are only part of a character. */
export function symbolText(symbol: string, byteLevel: boolean): string {
  const bytes = byteLevel ? bytesOfByteLevelToken(symbol) : undefined;
  if (bytes === undefined) return visibleInline(symbol);
  const text = decodeUtf8(bytes);
  return text.includes('\ufffd') ? hexBytes(bytes) : visibleInline(text);
}
