import type { ScoredTokens } from '../scores/scoredTokens.js';
import { segmentTokens, type TokenSegments } from '../tokenizer/tokenSegments.js';
import type { LineRange } from './lensMark.js';
import type { LevelledRange } from './levelMarks.js';
import { PlacedText } from './placedText.js';
import { firstSegmentEndingAfter, segmentAt } from './segmentSearch.js';
import { surprisalBits, surprisalStep } from './surprisal.js';

/** A part of the tokens, as it came from the engine. */
interface Piece {
  readonly tokens: ScoredTokens;
  readonly segments: TokenSegments;
}

/** One segment of a text and the scored tokens it is of, half-open indices into `tokens`. */
export interface ScoredSegment {
  readonly start: number;
  readonly end: number;
  readonly tokens: ScoredTokens;
  readonly firstToken: number;
  readonly endToken: number;
}

/** A stretch of a document with what a model thinks of its tokens, as far as that is known. */
export class ScoredText extends PlacedText {
  #pieces: readonly Piece[] = [];
  #whole: ScoredTokens | undefined;

  /** All tokens, once they are known. */
  get whole(): ScoredTokens | undefined {
    return this.#whole;
  }

  /** Adds a part of the tokens. */
  add(tokens: ScoredTokens): void {
    if (this.#whole !== undefined) return;
    this.#pieces = [...this.#pieces, { tokens, segments: segmentTokens(this.text, tokens) }];
  }

  /** Puts all tokens in the place of the parts. */
  complete(tokens: ScoredTokens): void {
    this.#whole = tokens;
    this.#pieces = [{ tokens, segments: segmentTokens(this.text, tokens) }];
  }

  /** The segment at a UTF-16 offset; undefined where nothing is known yet. */
  segmentAt(offset: number): ScoredSegment | undefined {
    for (const piece of this.#pieces) {
      const index = segmentAt(piece.segments, offset);
      if (index !== undefined) return segmentOf(piece, index);
    }
    return undefined;
  }

  /** The segments of some lines of the document, with the step of the scale that their surprisal reaches. */
  *levels(lines: readonly LineRange[]): Generator<LevelledRange> {
    for (const piece of this.#pieces) {
      for (const { start, end } of lines) {
        const from = this.lines.startOf(Math.max(0, start - this.start.line));
        const to = this.lines.startOf(Math.max(0, end - this.start.line));
        const { segments } = piece;
        for (let index = firstSegmentEndingAfter(segments, from); index < segments.count; index++) {
          if (segments.starts[index]! >= to) break;
          const segment = segmentOf(piece, index);
          yield { start: segment.start, end: segment.end, level: surprisalStep(segmentBits(segment)) };
        }
      }
    }
  }
}

/** Surprisal of a segment in bits: the sum of that of its tokens; NaN where the model was not asked. */
export function segmentBits({ tokens, firstToken, endToken }: ScoredSegment): number {
  let bits = 0;
  for (let token = firstToken; token < endToken; token++) bits += surprisalBits(tokens.logProbs[token]!);
  return bits;
}

function segmentOf({ tokens, segments }: Piece, index: number): ScoredSegment {
  return {
    start: segments.starts[index]!,
    end: segments.ends[index]!,
    tokens,
    firstToken: segments.firstTokens[index]!,
    endToken: segments.firstTokens[index + 1]!,
  };
}
