import type { TokenTable } from '../tokenizer/tokenTable.js';

const lineFeed = 0x0a;
const carriageReturn = 0x0d;

/** Where tokens of a vocabulary break lines, looked up once because it is asked for hundreds of tokens at each step. */
export class TokenLineBreaks {
  /** By token: line feeds in its bytes. */
  readonly counts: Uint8Array;
  /** By token: 1 when it begins with a line break. */
  readonly begins: Uint8Array;

  constructor(table: TokenTable) {
    this.counts = new Uint8Array(table.size);
    this.begins = new Uint8Array(table.size);
    for (let id = 0; id < table.size; id++) {
      const bytes = table.bytesOf(id);
      this.counts[id] = bytes.filter((byte) => byte === lineFeed).length;
      this.begins[id] = bytes[0] === lineFeed || bytes[0] === carriageReturn ? 1 : 0;
    }
  }
}
