import { AddedTokenSplitter } from './addedTokenSplitter.js';
import { NormalizedText } from './normalizedText.js';
import type { AddedToken } from './tokenizerFile.js';

/** A stretch of a text that is an added token, or ordinary text. Offsets are UTF-16 units of the text, half-open. */
export type TextStretch =
  | { readonly addedTokenId: number; readonly originalStart: number; readonly originalEnd: number }
  | {
      readonly addedTokenId: undefined;
      /** Where the normalised text begins in the original. */
      readonly originalStart: number;
      /** Original and normalised text of the whole stretch between added tokens that are found before normalising. */
      readonly original: string;
      readonly normalized: NormalizedText;
      /** The part of the normalised text that is meant, UTF-16. */
      readonly start: number;
      readonly end: number;
      /** Which of the stretches that are split before normalising it lies in, from 0. */
      readonly sectionIndex: number;
    };

/** Cuts a text at added tokens, before and after normalising, as the library does. */
export class TextSections {
  readonly #normalize: ((text: string) => string) | null;
  readonly #rawSplitter: AddedTokenSplitter;
  readonly #normalizedSplitter: AddedTokenSplitter;

  /**
   * @param addedTokens those that are looked for
   * @param normalizer the library's, by which contents of added tokens are normalised; null when it has none
   * @param normalize what text goes through: the normalizer, and what the configuration asks for before it
   */
  constructor(
    addedTokens: readonly AddedToken[],
    normalizer: ((text: string) => string) | null,
    normalize: ((text: string) => string) | null,
  ) {
    const isNormalized = (token: AddedToken): boolean => normalizer !== null && (token.normalized ?? !token.special);
    this.#normalize = normalize;
    this.#rawSplitter = new AddedTokenSplitter(addedTokens.filter((token) => !isNormalized(token)));
    this.#normalizedSplitter = new AddedTokenSplitter(
      addedTokens
        .filter(isNormalized)
        .map((token) => ({ ...token, content: normalizer?.(token.content) ?? token.content })),
    );
  }

  /** The stretches in order; lone surrogates are U+FFFD in them. Stripped blanks belong to none. */
  *split(text: string): Generator<TextStretch> {
    const wellFormed = text.toWellFormed();
    for (const [sectionIndex, raw] of this.#rawSplitter.split(wellFormed).entries()) {
      if (raw.addedTokenId !== undefined) {
        yield { addedTokenId: raw.addedTokenId, originalStart: raw.start, originalEnd: raw.end };
        continue;
      }
      const original = wellFormed.slice(raw.start, raw.end);
      const normalized = new NormalizedText(original, this.#normalize);
      const originalStart = raw.start;
      for (const { start, end, addedTokenId } of this.#normalizedSplitter.split(normalized.text)) {
        if (addedTokenId === undefined) {
          yield { addedTokenId, originalStart, original, normalized, start, end, sectionIndex };
          continue;
        }
        const [tokenStart, tokenEnd] = [start, end].map((offset) => originalStart + normalized.originalEnd(offset));
        yield { addedTokenId, originalStart: tokenStart!, originalEnd: tokenEnd! };
      }
    }
  }
}
