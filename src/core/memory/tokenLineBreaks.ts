import type { TokenTable } from '../tokenizer/tokenTable.js';

const lineFeed = 0x0a;
const carriageReturn = 0x0d;

/** Where tokens of a vocabulary break lines, looked up once because it is asked for hundreds of tokens at each step. */
export class TokenLineBreaks {
  /** By token: line feeds in its bytes. */
  readonly counts: Uint8Array;
  /** By token: 1 when it begins with a line break. */
  readonly begins: Uint8Array;
  /** By token: the first token that begins with a line break, for all that do; the token itself for others. */
  readonly alike: Int32Array;

  constructor(table: TokenTable) {
    this.counts = new Uint8Array(table.size);
    this.begins = new Uint8Array(table.size);
    this.alike = Int32Array.from({ length: table.size }, (_, id) => id);
    let first: number | undefined;
    for (let id = 0; id < table.size; id++) {
      const bytes = table.bytesOf(id);
      this.counts[id] = bytes.filter((byte) => byte === lineFeed).length;
      if (bytes[0] !== lineFeed && bytes[0] !== carriageReturn) continue;
      this.begins[id] = 1;
      this.alike[id] = first ??= id;
    }
  }
}
