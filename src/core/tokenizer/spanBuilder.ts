import { encodeUtf8 } from '../text/utf8.js';
import { Utf8Offsets } from '../text/utf8Offsets.js';
import { Utf8Walk } from '../text/utf8Walk.js';
import type { TokenColumns } from './tokenColumns.js';
import { collectVocabulary, type TokenFacts } from './tokenFacts.js';
import type { TokenSpan } from './tokenSpan.js';
import type { TokenTable } from './tokenTable.js';

/**
 * Collects the tokens of a text and where each ends, and makes spans of them that tile the text: each starts where the
 * one before ended, none ends before it starts, and the last one ends with the text.
 */
export class SpanBuilder {
  readonly #text: string;
  readonly #table: TokenTable;
  readonly #walk: Utf8Walk;
  readonly #ids: number[] = [];
  readonly #ends: number[] = [];
  readonly #byteEnds: number[] = [];
  /** Made for tokens whose bytes are not known. */
  #offsets: Utf8Offsets | undefined;

  constructor(text: string, table: TokenTable) {
    this.#text = text;
    this.#table = table;
    this.#walk = new Utf8Walk(text);
  }

  /** Byte offset of a UTF-16 offset; each not before the one asked for last. */
  byteAt(utf16Offset: number): number {
    return this.#walk.byteAt(utf16Offset);
  }

  /** Adds a token that ends at a UTF-16 offset, or `partialBytes` bytes into the character there. */
  add(id: number, utf16End: number, partialBytes: number): void {
    const offsets = (this.#offsets ??= new Utf8Offsets(this.#text));
    const byteEnd = Math.min(offsets.byteAt(utf16End) + partialBytes, offsets.byteLength);
    const risingEnd = Math.max(byteEnd, this.#byteEnds.at(-1) ?? 0);
    this.addAt(id, offsets.utf16At(risingEnd), risingEnd);
  }

  /** Adds a token that ends at a byte of which the UTF-16 offset (of its character's start) is known; not before the last. */
  addAt(id: number, utf16End: number, byteEnd: number): void {
    this.#ids.push(id);
    this.#ends.push(utf16End);
    this.#byteEnds.push(byteEnd);
  }

  /** Takes the last token back; its stretch belongs to the next one added. */
  removeLast(): void {
    this.#ids.pop();
    this.#ends.pop();
    this.#byteEnds.pop();
  }

  /** All tokens added, in columns. */
  columns(facts: TokenFacts): TokenColumns {
    this.#close();
    const ids = Uint32Array.from(this.#ids);
    const ends = Uint32Array.from(this.#ends);
    const byteEnds = Uint32Array.from(this.#byteEnds);
    const vocabulary = collectVocabulary(ids, this.#table, facts);
    return { ids, starts: startsOf(ends), ends, byteStarts: startsOf(byteEnds), byteEnds, ...vocabulary };
  }

  /** The spans of all tokens added. */
  spans(): TokenSpan[] {
    const bytes = encodeUtf8(this.#text);
    this.#close();
    let byteStart = 0;
    let start = 0;
    return this.#ids.map((id, index) => {
      const byteEnd = this.#byteEnds[index]!;
      const end = this.#ends[index]!;
      const span: TokenSpan = {
        id,
        token: this.#table.nameOf(id),
        text: this.#text.slice(start, end),
        bytes: Array.from(bytes.subarray(byteStart, byteEnd)),
        start,
        end,
        byteStart,
        byteEnd,
      };
      byteStart = byteEnd;
      start = end;
      return span;
    });
  }

  /** Lets the last token, and those without bytes at the very end, end with the text. */
  #close(): void {
    const last = this.#ids.length - 1;
    if (last < 0) return;
    const byteLength = this.#offsets?.byteLength ?? this.#walk.byteAt(this.#text.length);
    this.#byteEnds[last] = byteLength;
    for (let token = last; token >= 0 && this.#byteEnds[token] === byteLength; token--) {
      this.#ends[token] = this.#text.length;
    }
  }
}

/** Where each token starts when it starts where the one before ends. */
function startsOf(ends: Uint32Array): Uint32Array {
  const starts = new Uint32Array(ends.length);
  if (ends.length > 0) starts.set(ends.subarray(0, -1), 1);
  return starts;
}
