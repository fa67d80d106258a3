import { encodeUtf8 } from '../text/utf8.js';
import { Utf8Offsets } from '../text/utf8Offsets.js';
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
  readonly #offsets: Utf8Offsets;
  readonly #ids: number[] = [];
  readonly #byteEnds: number[] = [];

  constructor(text: string, table: TokenTable) {
    this.#text = text;
    this.#table = table;
    this.#offsets = new Utf8Offsets(text);
  }

  /** Adds a token that ends at a UTF-16 offset, or `partialBytes` bytes into the character there. */
  add(id: number, utf16End: number, partialBytes: number): void {
    const byteEnd = Math.min(this.#offsets.byteAt(utf16End) + partialBytes, this.#offsets.byteLength);
    this.#ids.push(id);
    this.#byteEnds.push(Math.max(byteEnd, this.#byteEnds.at(-1) ?? 0));
  }

  /** Takes the last token back; its stretch belongs to the next one added. */
  removeLast(): void {
    this.#ids.pop();
    this.#byteEnds.pop();
  }

  /** All tokens added, in columns. */
  columns(facts: TokenFacts): TokenColumns {
    const byteLength = this.#close();
    const count = this.#ids.length;
    const starts = new Uint32Array(count);
    const ends = new Uint32Array(count);
    const byteEnds = Uint32Array.from(this.#byteEnds);
    const byteStarts = new Uint32Array(count);
    let start = 0;
    for (let token = 0; token < count; token++) {
      const byteEnd = byteEnds[token]!;
      starts[token] = start;
      byteStarts[token] = token === 0 ? 0 : byteEnds[token - 1]!;
      start = byteEnd === byteLength ? this.#text.length : this.#offsets.utf16At(byteEnd);
      ends[token] = start;
    }
    const ids = Uint32Array.from(this.#ids);
    return { ids, starts, ends, byteStarts, byteEnds, ...collectVocabulary(ids, this.#table, facts) };
  }

  /** The spans of all tokens added. */
  spans(): TokenSpan[] {
    const bytes = encodeUtf8(this.#text);
    this.#close();
    let byteStart = 0;
    let start = 0;
    return this.#ids.map((id, index) => {
      const byteEnd = this.#byteEnds[index] ?? bytes.length;
      const end = byteEnd === bytes.length ? this.#text.length : this.#offsets.utf16At(byteEnd);
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

  /** Lets the last token end with the text; returns where that is, in bytes. */
  #close(): number {
    const { byteLength } = this.#offsets;
    if (this.#byteEnds.length > 0) this.#byteEnds[this.#byteEnds.length - 1] = byteLength;
    return byteLength;
  }
}
