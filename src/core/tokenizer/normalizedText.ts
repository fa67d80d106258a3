import { alignNormalized, type AlignedPiece } from './normalizationAlignment.js';

/** A text after the tokenizer's normalizer, with the way back to the original. Offsets are UTF-16 units. */
export class NormalizedText {
  /** The normalised text, exactly the library's. */
  readonly text: string;
  /** True when the normaliser changed nothing. */
  readonly isUnchanged: boolean;
  readonly #original: string;
  readonly #normalize: ((text: string) => string) | null;
  /** In order and without gaps; made when first asked for, because plain encoding needs none. */
  #alignedPieces: readonly AlignedPiece[] | undefined;

  /** @param normalize the library's normalizer; null takes the text as it is. */
  constructor(original: string, normalize: ((text: string) => string) | null) {
    this.#original = original;
    this.#normalize = normalize;
    this.text = normalize === null ? original : normalize(original);
    this.isUnchanged = this.text === original;
  }

  /**
   * Where in the original ends what is before `normalizedEnd`. Inside a piece whose length changed it is the
   * start of the piece, unless only white space is left of it (BERT puts blanks around CJK characters). Characters that
   * the normalizer dropped belong to what follows them.
   */
  originalEnd(normalizedEnd: number): number {
    if (this.isUnchanged) return Math.max(normalizedEnd, 0);
    const piece = this.#pieces()[this.#pieceEndingAt(normalizedEnd)];
    if (piece === undefined) return this.#original.length;
    if (normalizedEnd >= piece.normalizedEnd) return piece.originalEnd;
    const progress = normalizedEnd - piece.normalizedStart;
    if (piece.normalizedEnd - piece.normalizedStart === piece.originalEnd - piece.originalStart) {
      return piece.originalStart + progress;
    }
    const isDone = progress > 0 && this.text.slice(normalizedEnd, piece.normalizedEnd).trim() === '';
    return isDone ? piece.originalEnd : piece.originalStart;
  }

  /** True when the character at `normalizedOffset` is as in the original, so that parts of its bytes are, too. */
  isUnchangedAt(normalizedOffset: number): boolean {
    if (this.isUnchanged) return true;
    return this.#pieces()[this.#pieceEndingAt(normalizedOffset + 1)]?.isUnchanged ?? false;
  }

  /** Index of the first piece that ends at or after an offset of the normalised text. */
  #pieceEndingAt(normalizedOffset: number): number {
    const pieces = this.#pieces();
    let low = 0;
    let high = pieces.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((pieces[middle]?.normalizedEnd ?? 0) < normalizedOffset) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  #pieces(): readonly AlignedPiece[] {
    if (this.#normalize === null) return [];
    this.#alignedPieces ??= alignNormalized(this.#original, this.text, this.#normalize);
    return this.#alignedPieces;
  }
}
