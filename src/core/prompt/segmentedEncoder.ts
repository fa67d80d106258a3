import { LruMap } from '../flow/lruMap.js';

/** Turns plain text into token ids; what looks like a control token is ordinary text. */
export type EncodeText = (text: string) => readonly number[];

/** Segments whose ids are kept: some thousand lines of code, a few hundred kilobytes. */
const cachedSegments = 4096;

/**
 * Places at which a tokenizer may always divide: before a run of line breaks (where the indentation belongs to the line
 * break), or after one where a line starts without blanks (where closing punctuation takes the line break along).
 */
const splitPlaces = {
  'before-line-break': /(?<=\S)(?=\n)/u,
  'before-unindented-line': /(?<=\n)(?=\S)/u,
} as const;

/** Ends and starts of lines that make tokenizers join what is left and right of a line break, if they ever do. */
const probeEnds = ['a', 'x1', '12', '123', ';', ');', '{', '",', '=', '//', '_', '한', 'é', '🙂', '->', "'"];
const probeStarts = ['a', '    x', '\tx', '\n', '\n  y', '}', '  }', '(', '# z', '한', '1', ' ', "'s"];

/** Every end with every start. */
const probeText = probeEnds.flatMap((end) => probeStarts.map((start) => `${end}\n${start}`)).join('\n');

/**
 * Encodes text piece by piece and remembers the pieces, so that a keystroke does not tokenize the document again. The ids
 * equal those of the whole text: pieces end only where the tokenizer itself always divides, which is found out by asking
 * it about line ends of every kind; a tokenizer that never divides there encodes its texts whole.
 */
export class SegmentedEncoder {
  readonly #encode: EncodeText;
  readonly #place: RegExp | undefined;
  readonly #segments = new LruMap<string, readonly number[]>(cachedSegments);

  constructor(encode: EncodeText) {
    this.#encode = encode;
    this.#place = Object.values(splitPlaces).find((place) => this.#dividesAt(place));
  }

  /** Token ids of a text. */
  encode(text: string): number[] {
    const ids: number[] = [];
    for (const segment of this.split(text)) for (const id of this.#encodeSegment(segment)) ids.push(id);
    return ids;
  }

  /** The pieces that are encoded on their own; joined they are the text. */
  split(text: string): string[] {
    if (text === '') return [];
    return this.#place === undefined ? [text] : text.split(this.#place);
  }

  #encodeSegment(segment: string): readonly number[] {
    const known = this.#segments.get(segment);
    if (known !== undefined) return known;
    const ids = this.#encode(segment);
    this.#segments.set(segment, ids);
    return ids;
  }

  #dividesAt(place: RegExp): boolean {
    const pieces = new Map<string, readonly number[]>();
    for (const piece of probeText.split(place)) if (!pieces.has(piece)) pieces.set(piece, this.#encode(piece));
    return isEqual(
      this.#encode(probeText),
      probeText.split(place).flatMap((piece) => pieces.get(piece)!),
    );
  }
}

function isEqual(left: readonly number[], right: readonly number[]): boolean {
  return left.length === right.length && left.every((id, index) => id === right[index]);
}
