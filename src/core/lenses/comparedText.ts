import type { ComparedSpans } from '../scores/comparedSpans.js';
import { segmentTokens, type TokenSegments } from '../tokenizer/tokenSegments.js';
import type { LineRange } from './lensMark.js';
import type { LevelledRange } from './levelMarks.js';
import { PlacedText } from './placedText.js';
import { firstSegmentEndingAfter, segmentAt } from './segmentSearch.js';
import { surprisalBits } from './surprisal.js';

/** What is painted of a comparison: how much likelier a token is to one model, or how far the distributions are apart. */
export type ComparisonMeasure = 'difference' | 'divergence';

/** Bits by which a token is likelier to one of two models, at which the next step begins; the same on both sides. */
export const differenceSteps = [0.5, 1.5, 4] as const;

/** Bits of Kullback-Leibler divergence at which the next step begins; a 4-bit quantization has about 0.05 on average. */
export const divergenceSteps = [0.01, 0.05, 0.2, 0.5, 1, 2] as const;

/** A stretch that both models cut alike, with both opinions of it. All figures are in bits. */
export interface ComparedSegment {
  /** UTF-16 offsets in the text. */
  readonly start: number;
  readonly end: number;
  readonly surprisal: number;
  readonly otherSurprisal: number;
  /** Undefined when the models do not share a vocabulary. */
  readonly divergence: number | undefined;
}

/** A stretch of a document with what two models think of it. */
export class ComparedText extends PlacedText {
  #spans: ComparedSpans | undefined;
  #segments: TokenSegments | undefined;

  /** Sets what the engine answered. */
  complete(spans: ComparedSpans): void {
    this.#spans = spans;
    this.#segments = segmentTokens(this.text, spans);
  }

  /** True when the distributions can be compared, and not only what is written. */
  get hasDivergence(): boolean {
    return this.#spans?.divergences !== undefined;
  }

  /** The stretch at a UTF-16 offset; undefined where nothing is known. */
  segmentAt(offset: number): ComparedSegment | undefined {
    const index = this.#segments && segmentAt(this.#segments, offset);
    return index === undefined ? undefined : this.#segment(index);
  }

  /** Mean Kullback-Leibler divergence of all stretches in bits; undefined when there is none. */
  get meanDivergence(): number | undefined {
    const divergences = this.#spans?.divergences;
    if (divergences === undefined || divergences.length === 0) return undefined;
    return divergences.reduce((sum, value) => sum + value, 0) / divergences.length / Math.LN2;
  }

  /** The stretches of some lines of the document with the levels they are painted in, see {@link levelOf}. */
  *levels(lines: readonly LineRange[], measure: ComparisonMeasure): Generator<LevelledRange> {
    const segments = this.#segments;
    if (segments === undefined) return;
    for (const { start, end } of lines) {
      const from = this.lines.startOf(Math.max(0, start - this.start.line));
      const to = this.lines.startOf(Math.max(0, end - this.start.line));
      for (let index = firstSegmentEndingAfter(segments, from); index < segments.count; index++) {
        if (segments.starts[index]! >= to) break;
        const segment = this.#segment(index);
        yield { start: segment.start, end: segment.end, level: levelOf(segment, measure) };
      }
    }
  }

  #segment(index: number): ComparedSegment {
    const [spans, segments] = [this.#spans!, this.#segments!];
    let [logProb, otherLogProb, divergence] = [0, 0, 0];
    for (let span = segments.firstTokens[index]!; span < segments.firstTokens[index + 1]!; span++) {
      logProb += spans.logProbs[span]!;
      otherLogProb += spans.otherLogProbs[span]!;
      divergence += spans.divergences?.[span] ?? 0;
    }
    return {
      start: segments.starts[index]!,
      end: segments.ends[index]!,
      surprisal: surprisalBits(logProb),
      otherSurprisal: surprisalBits(otherLogProb),
      divergence: spans.divergences === undefined ? undefined : divergence / Math.LN2,
    };
  }
}

/**
 * The level a stretch is painted in. Difference: 1 to 3 where the first model finds it likelier, 4 to 6 where the other
 * does. Divergence: from 7 on. 0 where there is nothing to see.
 */
export function levelOf(segment: ComparedSegment, measure: ComparisonMeasure): number {
  if (measure === 'divergence') {
    const { divergence = 0 } = segment;
    const step = divergenceSteps.filter((from) => divergence >= from).length;
    return step === 0 ? 0 : 2 * differenceSteps.length + step;
  }
  const difference = segment.otherSurprisal - segment.surprisal;
  const step = differenceSteps.filter((from) => Math.abs(difference) >= from).length;
  return step === 0 || difference > 0 ? step : differenceSteps.length + step;
}
