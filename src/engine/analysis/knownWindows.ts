/** What is kept of the tokens of a window, an entry for each. */
export interface WindowColumns<Self> {
  /** Tokens. */
  readonly length: number;
  /** Alternatives kept for each. */
  readonly topCount: number;
  /** Takes over entries `[from, to)` of other columns, `from` becoming `place` here. */
  copy(place: number, other: Self, from: number, to: number): void;
}

/** Scores of a window's tokens as far as they are known; grows while the window is read. */
export interface KnownWindow<Columns> {
  /** What was read: the token between documents, then those of the window. */
  readonly ids: readonly number[];
  /** Of the tokens from `firstScored` on. */
  readonly columns: Columns;
  /** Index of the first token of `columns` within the window. */
  readonly firstScored: number;
  /** Tokens of the window up to which `columns` is filled. */
  scoredEnd: number;
}

/** A window that is looked for. */
export interface WantedWindow {
  readonly ids: readonly number[];
  /** The first token of the window whose score is wanted. */
  readonly firstScored: number;
  readonly topCount: number;
  /**
   * Tokens of one run: what was computed beside other tokens in one run does not count as known, so that rounding is the
   * same as when everything is read anew.
   */
  readonly blockLength: number;
}

/** Scored tokens that are kept: those of a file of ten thousand lines or more; 18 MB with five alternatives. */
const mostTokens = 2 ** 18;

/**
 * The scores of windows read lately, found again by what the windows say. So nothing has to be told about edits: a text
 * that was scored before, or begins like one, is known as far as the two agree.
 */
export class KnownWindows<Columns extends WindowColumns<Columns>> {
  readonly #create: (length: number, topCount: number) => Columns;
  /** The one used last at the end. */
  #windows: KnownWindow<Columns>[] = [];

  /** @param create makes columns that say that the model was not asked. */
  constructor(create: (length: number, topCount: number) => Columns) {
    this.#create = create;
  }

  /** What is known of a window; nothing of it yet, perhaps. It is kept, and may be filled further. */
  take(wanted: WantedWindow): KnownWindow<Columns> {
    const same = this.#find(wanted);
    if (same !== undefined) return same;
    const { ids, firstScored, topCount } = wanted;
    const columns = this.#create(ids.length - 1 - firstScored, topCount);
    const closest = this.#closest(wanted);
    const end = closest?.end ?? firstScored;
    if (closest !== undefined) {
      const { window } = closest;
      columns.copy(0, window.columns, firstScored - window.firstScored, end - window.firstScored);
    }
    const known = { ids, columns, firstScored, scoredEnd: end };
    this.#add(known);
    return known;
  }

  clear(): void {
    this.#windows = [];
  }

  /** Keeps a window; the oldest ones make room. */
  #add(window: KnownWindow<Columns>): void {
    this.#windows.push(window);
    let total = 0;
    const first = this.#windows.findLastIndex(({ columns }) => (total += columns.length) > mostTokens);
    this.#windows.splice(0, Math.min(first + 1, this.#windows.length - 1));
  }

  /** The window that says the same, all of it. */
  #find({ ids, firstScored, topCount }: WantedWindow): KnownWindow<Columns> | undefined {
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
   * @returns it, with the number of the window's tokens whose scores are the same.
   */
  #closest({ ids, firstScored, topCount, blockLength }: WantedWindow): Beginning<Columns> | undefined {
    let best: Beginning<Columns> | undefined;
    for (const window of this.#windows) {
      if (window.columns.topCount !== topCount || window.firstScored > firstScored) continue;
      // Entry 0 is the token before the window; what follows the last token was never asked.
      const shared = commonPrefixLength(window.ids, ids) - 1;
      const end = Math.min(shared - (shared % blockLength), window.scoredEnd);
      if (end > (best?.end ?? firstScored)) best = { window, end };
    }
    return best;
  }
}

interface Beginning<Columns> {
  readonly window: KnownWindow<Columns>;
  readonly end: number;
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
