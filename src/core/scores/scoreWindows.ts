/**
 * One stretch of a text that the model reads from its start, after the token that stands between documents. Numbers are
 * indices of the text's tokens, half-open.
 */
export interface ScoreWindow {
  /** First token read. */
  readonly start: number;
  /** First token scored; those before it are context only. */
  readonly scoredStart: number;
  /** End of what is read and scored. */
  readonly end: number;
}

/** Where a window may start, and a number that depends on nothing but the line which starts there. */
export interface LineStart {
  readonly token: number;
  readonly hash: number;
}

/** The least and the greatest step from one window's start to the next, as a share of the window's length. */
const leastStep = 3 / 8;
const greatestStep = 1 / 2;

/**
 * Divides a text into windows that overlap by about half: each scores what the one before it could not read, so every
 * token but those of the first window has at least three eighths of a window before it. A text that fits is one window.
 *
 * Windows start and end at line starts that are chosen by what the lines say (the smallest hash within reach, as in
 * content-defined chunking; Muthitacharoen, Chen, Mazieres 2001, "A low-bandwidth network file system"). So an edit
 * changes the windows that hold it, and after one or two more the old ones are found again, whether or not the edit moved
 * everything after it by a token. The windows depend on the text alone, never on what was scored before.
 *
 * @param tokenCount tokens of the text.
 * @param lineStarts rising; tokens with which a line starts.
 * @param length tokens that the model can score in one go.
 */
export function planWindows(tokenCount: number, lineStarts: readonly LineStart[], length: number): ScoreWindow[] {
  const windows: ScoreWindow[] = [];
  if (tokenCount === 0) return windows;
  const anchors = new Anchors(lineStarts, length);
  let start = 0;
  let scoredStart = 0;
  while (tokenCount - start > length) {
    const next = anchors.after(start);
    const end = anchors.after(next);
    windows.push({ start, scoredStart, end });
    start = next;
    scoredStart = end;
  }
  windows.push({ start, scoredStart, end: tokenCount });
  return windows;
}

/** Finds for each window start the next one. */
class Anchors {
  readonly #lineStarts: readonly LineStart[];
  readonly #least: number;
  readonly #greatest: number;
  #first = 0;

  constructor(lineStarts: readonly LineStart[], length: number) {
    this.#lineStarts = lineStarts;
    this.#greatest = Math.max(1, Math.floor(length * greatestStep));
    this.#least = Math.min(this.#greatest, Math.max(1, Math.ceil(length * leastStep)));
  }

  after(start: number): number {
    const [from, to] = [start + this.#least, start + this.#greatest];
    while (this.#first > 0 && this.#lineStarts[this.#first - 1]!.token >= from) this.#first--;
    while ((this.#lineStarts[this.#first]?.token ?? Infinity) < from) this.#first++;
    let best: LineStart | undefined;
    for (let index = this.#first; index < this.#lineStarts.length; index++) {
      const candidate = this.#lineStarts[index]!;
      if (candidate.token > to) break;
      if (best === undefined || candidate.hash <= best.hash) best = candidate;
    }
    return best?.token ?? to;
  }
}
