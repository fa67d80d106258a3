import { encodeUtf8 } from '../text/utf8.js';
import type { BpeRules } from './replay/bpeReplay.js';
import type { TokenizerFile } from './tokenizerFile.js';

/** The rules of a BPE model of the Hugging Face format, as the library applies them. */
export class FileBpeRules implements BpeRules {
  readonly #model: TokenizerFile['model'];
  readonly #ids: ReadonlyMap<string, number>;
  readonly #ranks: ReadonlyMap<string, number>;

  /** @param ids id of every token that may be found, added tokens included */
  constructor({ model }: TokenizerFile, ids: ReadonlyMap<string, number>) {
    this.#model = model;
    this.#ids = ids;
    this.#ranks = new Map(mergesOf(model).map(([left, right], rank) => [pairKey(left, right), rank]));
  }

  symbolsOf(word: string): readonly string[] {
    const symbols = Array.from(word);
    const { end_of_word_suffix: suffix } = this.#model;
    const last = typeof suffix === 'string' ? symbols.pop() : undefined;
    if (last !== undefined) symbols.push(`${last}${suffix ?? ''}`);
    return symbols;
  }

  rankOf(left: string, right: string): number {
    return this.#ranks.get(pairKey(left, right)) ?? -1;
  }

  isTakenWhole(word: string): boolean {
    return this.#model.ignore_merges === true && this.#ids.has(word);
  }

  piecesOf(symbol: string): readonly string[] {
    if (this.#ids.has(symbol)) return [symbol];
    if (this.#model.byte_fallback === true) {
      const bytes = Array.from(encodeUtf8(symbol), byteToken);
      if (bytes.every((byte) => this.#ids.has(byte))) return bytes;
    }
    const { unk_token: unknownToken } = this.#model;
    return typeof unknownToken === 'string' ? [unknownToken] : [];
  }
}

/** The merges of a BPE model in the order of their ranks; older files write both parts in one string. */
export function mergesOf({ merges }: TokenizerFile['model']): (readonly [left: string, right: string])[] {
  return (merges ?? []).map((merge) => {
    const [left = '', right = ''] = typeof merge === 'string' ? merge.split(' ', 2) : merge;
    return [left, right];
  });
}

function byteToken(byte: number): string {
  return `<0x${byte.toString(16).toUpperCase().padStart(2, '0')}>`;
}

/** Unlike for any other pair, whatever characters the parts have. */
function pairKey(left: string, right: string): string {
  return `${left.length} ${left}${right}`;
}
