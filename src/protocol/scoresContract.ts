import type { ComparedSpans } from '../core/scores/comparedSpans.js';
import type { ScoredTokens } from '../core/scores/scoredTokens.js';
import type { ScoreTotals, TextRange } from '../core/scores/scoreTotals.js';
import type { ScoreWindow } from '../core/scores/scoreWindows.js';
import type { AnalysisTarget } from './modelTarget.js';

/** A text to be scored. */
export interface ScoreParams extends AnalysisTarget {
  readonly text: string;
  /** Likeliest tokens to list in place of each token. */
  readonly topCount: number;
  /** What is looked at (UTF-16): it is scored first. */
  readonly priority?: TextRange;
  /** `priority`: nothing else is scored; the other tokens are listed with their places only. Default `text`. */
  readonly extent?: 'text' | 'priority';
}

/** What answering took, in tokens. */
export interface ScoreWork {
  /** Tokens whose scores were known from an earlier text. */
  readonly knownTokenCount: number;
  /** Tokens given to the model, those that are context only included. */
  readonly readTokenCount: number;
  /** Tokens of the windows that had to be looked at whose keys and values were still there. */
  readonly reusedTokenCount: number;
}

/** A text's tokens and what one model thinks of each. */
export interface ScoredText {
  /** All tokens of the text. */
  readonly tokens: ScoredTokens;
  /** Of all tokens that were scored. */
  readonly totals: ScoreTotals;
  /** How the text was read; more than one where it is longer than what the model reads at once. */
  readonly windows: readonly ScoreWindow[];
  /** Tokens that the model reads at once. */
  readonly windowLength: number;
  readonly work: ScoreWork;
}

/** A text that was scored by one model. */
export interface TextScores extends ScoredText {
  /** Milliseconds: in which the model read, pauses for others included, and until the answer was ready. */
  readonly timings: { readonly readMs: number; readonly totalMs: number };
}

/** A text to be scored by two models. */
export interface CompareParams extends ScoreParams {
  /** The model that stands in for the first one. */
  readonly other: AnalysisTarget;
}

/** Tokens that are done, of those that have to be. */
export interface CompareProgress {
  readonly completed: number;
  readonly total: number;
}

/** What two models think of a text. */
export interface TextComparison {
  readonly own: ScoredText;
  readonly other: ScoredText;
  readonly spans: ComparedSpans;
}

/** Log-probabilities of texts. */
export interface ScoresContract {
  /**
   * Scores every token of a text given those before it. Progress is pieces of the result as they become known, what is
   * looked at first; the result has them all. After an edit only what the edit can have changed is computed.
   */
  'scores/score': { params: ScoreParams; result: TextScores; progress: ScoredTokens };
  /** Scores a text with two models, and compares their distributions where they share a vocabulary. */
  'scores/compare': { params: CompareParams; result: TextComparison; progress: CompareProgress };
}
