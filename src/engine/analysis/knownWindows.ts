import type { ScoreColumns } from './scoreColumns.js';

/** Scores of a window's tokens as far as they are known; grows while the window is read. */
export interface KnownWindow {
  /** What was read: the token between documents, then those of the window. */
  readonly ids: readonly number[];
  /** Of the tokens from `firstScored` on. */
  readonly columns: ScoreColumns;
  /** Index of the first token of `columns` within the window. */
  readonly firstScored: number;
  /** Tokens of the window up to which `columns` is filled. */
  scoredEnd: number;
}

/** Scored tokens that are kept: those of a file of ten thousand lines or more; 18 MB with five alternatives. */
const mostTokens = 2 ** 18;

/**
 * The scores of windows read lately, found again by what the windows say. So nothing has to be told about edits: a text
 * that was scored before, or begins like one, is known as far as the two agree.
 */
export class KnownWindows {
  /** The one used last at the end. */
  #windows: KnownWindow[] = [];

  /** Keeps a window; the oldest ones make room. */
  add(window: KnownWindow): void {
    this.#windows.push(window);
    let total = 0;
    const first = this.#windows.findLastIndex(({ columns }) => (total += columns.length) > mostTokens);
    this.#windows.splice(0, Math.min(first + 1, this.#windows.length - 1));
  }

  /** The window that says the same, all of it. */
  find(ids: readonly number[], firstScored: number, topCount: number): KnownWindow | undefined {
    const place = this.#windows.findIndex(
      (window) =>
        window.columns.topCount === topCount && window.firstScored === firstScored && isEqual(window.ids, ids),
    );
    if (place < 0) return undefined;
    const [window] = this.#windows.splice(place, 1);
    this.#windows.push(window!);
    return window;
  }

  /**
   * The window that begins in the same way for longest, beyond `firstScored`.
   *
   * @param firstScored the first token of the window whose score is wanted.
   * @param blockLength tokens of one run: what was computed beside other tokens in one run does not count as known, so
   *   that rounding is the same as when everything is read anew.
   * @returns it, with the number of the window's tokens whose scores are the same.
   */
  closest(
    ids: readonly number[],
    firstScored: number,
    topCount: number,
    blockLength: number,
  ): { readonly window: KnownWindow; readonly end: number } | undefined {
    let best: { readonly window: KnownWindow; readonly end: number } | undefined;
    for (const window of this.#windows) {
      if (window.columns.topCount !== topCount || window.firstScored > firstScored) continue;
      // Entry 0 is the token before the window; what follows the last token was never asked.
      const shared = commonPrefixLength(window.ids, ids) - 1;
      const end = Math.min(shared - (shared % blockLength), window.scoredEnd);
      if (end > (best?.end ?? firstScored)) best = { window, end };
    }
    return best;
  }

  clear(): void {
    this.#windows = [];
  }
}

function isEqual(left: readonly number[], right: readonly number[]): boolean {
  return left.length === right.length && commonPrefixLength(left, right) === left.length;
}

function commonPrefixLength(left: readonly number[], right: readonly number[]): number {
  const limit = Math.min(left.length, right.length);
  let length = 0;
  while (length < limit && left[length] === right[length]) length++;
  return length;
}
