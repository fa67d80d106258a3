import type { GeneratedToken, GenerationResult } from '../../core/completion/generation.js';
import { withLineFeeds } from '../../core/text/lineEnds.js';
import { decodeUtf8 } from '../../core/text/utf8.js';
import { Utf8StreamDecoder } from '../../core/text/utf8StreamDecoder.js';

/** The text that generated tokens make, without the bytes that stand left of the cursor already. */
export class GeneratedText {
  readonly #decoder: Utf8StreamDecoder;
  readonly #healedBytes: Uint8Array;
  /** Each token with the length that the text had before it, and whether it begins left of the cursor. */
  readonly #tokens: { readonly token: GeneratedToken; readonly start: number; readonly isHealed: boolean }[] = [];
  #byteCount = 0;
  #text = '';

  /** @param healedBytes the bytes that the first tokens repeat, because token healing took them off the prompt. */
  constructor(healedBytes: Uint8Array) {
    this.#decoder = new Utf8StreamDecoder(healedBytes.length);
    this.#healedBytes = healedBytes;
  }

  /** Complete characters after the cursor, `\n` line ends. */
  get text(): string {
    return withLineFeeds(this.#text);
  }

  get tokenCount(): number {
    return this.#tokens.length;
  }

  /** Appends a token that stands for the given bytes. */
  push(token: GeneratedToken, bytes: Uint8Array): void {
    this.#tokens.push({ token, start: this.text.length, isHealed: this.#byteCount < this.#healedBytes.length });
    this.#byteCount += bytes.length;
    this.#text += this.#decoder.push(bytes);
  }

  /** The first `length` units of the text, with the tokens that they came from. */
  finish(length = this.text.length): Pick<GenerationResult, 'text' | 'tokens' | 'healedLength'> {
    return {
      text: this.text.slice(0, length),
      tokens: this.#tokens.filter(({ start, isHealed }) => isHealed || start < length).map(({ token }) => token),
      healedLength: decodeUtf8(this.#healedBytes).length,
    };
  }
}
