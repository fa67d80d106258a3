import { SlidingMean } from '../flow/slidingMean.js';
import { completionConstants as constants } from './completionConstants.js';
import type { CursorContext } from './cursorContext.js';

/** Learns how fast the user types and the model answers, and says how long to wait before asking the model. */
export class TypingRhythm {
  readonly #intervals = new SlidingMean(constants.typingIntervalsMax);
  readonly #latencies = new SlidingMean(constants.latencySamples);
  #lastKeyMs: number | undefined;

  /** Notes a keystroke. Pauses longer than a rhythm's are not counted. */
  keystroke(nowMs: number): void {
    const interval = this.#lastKeyMs === undefined ? Infinity : nowMs - this.#lastKeyMs;
    if (interval <= constants.typingIntervalMaxMs) this.#intervals.add(interval);
    this.#lastKeyMs = nowMs;
  }

  /** Notes how long a generation took. */
  answered(latencyMs: number): void {
    this.#latencies.add(latencyMs);
  }

  /**
   * Milliseconds to wait before asking the model: long enough that the next key of a burst has come, shorter where a
   * suggestion is likelier to be wanted and where the model is slow anyway; none on a new line.
   */
  delayMs(context: CursorContext): number {
    if (context.window.currentLine.trim() === '') return 0;
    const rate = constants.delayRateMax - (constants.delayRateMax - constants.delayRateMin) * contextScore(context);
    const delay = rate * this.#meanInterval() - this.#latencies.mean;
    return Math.min(constants.delayMaxMs, Math.max(constants.delayMinMs, delay));
  }

  #meanInterval(): number {
    const enough = this.#intervals.count >= constants.typingIntervalsMin;
    return enough ? this.#intervals.mean : constants.typingIntervalDefaultMs;
  }
}

/**
 * How promising a place is, from 0 to 1: after a character that is not part of a word, at the end of a line, at the end
 * of the document. Peer: Tabby's context score.
 */
export function contextScore({ window }: CursorContext): number {
  const afterTrigger = /[^\p{L}\p{N}_]$/u.test(window.currentLine);
  const atLineEnd = window.restOfLine.trim() === '';
  const atDocumentEnd = atLineEnd && window.following.trim() === '';
  return (
    (afterTrigger ? constants.contextScoreTriggerCharacter : 0) +
    (atLineEnd ? constants.contextScoreLineEnd : 0) +
    (atDocumentEnd ? constants.contextScoreDocumentEnd : 0)
  );
}
