import type { NextTokens } from '../nextTokensContract.js';

/** A place in a document that the panel stays at. Line and character count from 0, UTF-16 units. */
export interface PinnedPlace {
  readonly uri: string;
  readonly line: number;
  readonly character: number;
  /** {@link CursorPlace.digest} of the place when it was pinned. */
  readonly digest: string;
}

/** Where the next token is looked for, and what people need to recognise the place. */
export interface CursorPlace {
  readonly uri: string;
  readonly fileName: string;
  /** 0-based. */
  readonly line: number;
  /** UTF-16 units, 0-based. */
  readonly character: number;
  /** The line's text on both sides of the cursor, shortened. */
  readonly before: string;
  readonly after: string;
  /**
   * Of everything the prediction depends on: the model and all that it is shown. Names the place in requests; what was
   * predicted for one digest holds wherever the digest is the same.
   */
  readonly digest: string;
  readonly modelName: string;
  readonly contextLength: number;
  readonly fillsInTheMiddle: boolean;
  /** The place is pinned, and the text around it is no longer what the digest stands for. */
  readonly isOutdated: boolean;
}

/** What there is at the cursor. */
export type PlaceState =
  | { readonly kind: 'place'; readonly place: CursorPlace }
  /** In the user's language. */
  | { readonly kind: 'refused'; readonly sentence: string; readonly where: string };

/** How the place is shown to the model: both sides of the cursor, or only what stands before it. */
export type ContextMode = 'prompt' | 'left-to-right';

/** What came of inserting. */
export type InsertOutcome =
  | { readonly kind: 'inserted' }
  /** In the user's language. */
  | { readonly kind: 'refused'; readonly sentence: string };

/** Names a place that `nextTokens/follow` reported. */
interface PlaceTarget {
  readonly digest: string;
}

/** A prediction at a place, after the tokens of a branch. */
export interface PredictParams extends PlaceTarget {
  readonly mode: ContextMode;
  /** Token ids that follow the place. */
  readonly branch: readonly number[];
  /** Likeliest tokens that are described. */
  readonly topCount: number;
}

/** What the page of the next-token panel asks the host. */
export interface NextTokensPanelContract {
  /** Stays open; reports where the panel is, and again after each change. A null pin follows the cursor. */
  'nextTokens/follow': { params: { pinned: PinnedPlace | null }; result: never; progress: PlaceState };
  /** What may come next. */
  'nextTokens/predict': { params: PredictParams; result: NextTokens; progress: never };
  /** Puts text into the document at a pinned place. */
  'nextTokens/insert': { params: PlaceTarget & { text: string }; result: InsertOutcome; progress: never };
  /** Shows the place in the editor. */
  'nextTokens/reveal': { params: PlaceTarget; result: null; progress: never };
}
