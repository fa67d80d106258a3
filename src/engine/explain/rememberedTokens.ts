import type { PromptMemory } from '../../core/memory/promptMemory.js';
import type { WrittenSoFar } from '../../core/memory/promptSearch.js';
import type { RememberedToken } from '../../core/memory/rememberedToken.js';
import { withLineFeeds } from '../../core/text/lineEnds.js';
import { Utf8StreamDecoder } from '../../core/text/utf8StreamDecoder.js';
import type { TokenTable } from '../../core/tokenizer/tokenTable.js';

/** Asks memory about the tokens of a text one after the other, as it is asked while they are written. */
export class RememberedTokens {
  readonly #memory: PromptMemory;
  readonly #table: TokenTable;
  readonly #decoder: Utf8StreamDecoder;
  readonly #written: number[] = [];
  #text = '';

  /** @param healedByteCount bytes at the start of the tokens that stand left of the cursor. */
  constructor(memory: PromptMemory, table: TokenTable, healedByteCount: number) {
    this.#memory = memory;
    this.#table = table;
    this.#decoder = new Utf8StreamDecoder(healedByteCount);
  }

  /**
   * What memory had to do with the next token.
   *
   * @param row the model's log-probabilities [vocabulary] in its place.
   */
  next(id: number, row: Float32Array, forced: Pick<WrittenSoFar, 'forcedBytes' | 'allowed'>): RememberedToken {
    const text = withLineFeeds(this.#text);
    const remembered = this.#memory.mix(row, { generated: this.#written, text, ...forced }).describe(id);
    this.#written.push(id);
    this.#text += this.#decoder.push(this.#table.bytesOf(id));
    return remembered;
  }
}
