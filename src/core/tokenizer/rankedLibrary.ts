import { encodeUtf8 } from '../text/utf8.js';
import { byteAlphabet, byteLevelForm } from './byteAlphabet.js';
import { mergePairs, type PairLookup } from './pairMerger.js';
import type { TokenFacts } from './tokenFacts.js';
import type { TokenizerLibrary } from './tokenizerLibrary.js';

/** Single bytes have the first ids; merges follow them. */
const byteCount = byteAlphabet.length;

/** Larger than any id, so that two ids make one number that a double holds exactly. */
const idRange = 2 ** 21;

/**
 * An encoding of tiktoken's kind: byte-level tokens whose id is the rank of the merge that makes them; two neighbours
 * merge whenever their joined bytes are a token. Words come from one regular expression.
 */
export class RankedLibrary implements TokenizerLibrary, TokenFacts {
  readonly normalizer = null;
  /** Id of each token, written in the alphabet of bytes. */
  readonly ids: ReadonlyMap<string, number>;
  readonly pre_tokenizer: (text: string) => string[];
  readonly model: (words: string[]) => string[];
  readonly #words: RegExp;
  readonly #names: readonly string[];

  /**
   * @param ids id of each token, written in the alphabet of bytes
   * @param pattern source of the regular expression that finds words
   */
  constructor(ids: ReadonlyMap<string, number>, pattern: string) {
    this.ids = ids;
    const names: string[] = [];
    for (const [name, id] of ids) names[id] = name;
    this.#names = names;
    this.#words = new RegExp(pattern, 'gu');
    this.pre_tokenizer = (text) => this.split(text).map((word) => byteLevelForm(encodeUtf8(word)));
    const lookup = new JoinedPairs(ids, names);
    this.model = (wordList) => wordList.flatMap((word) => this.#encodeWord(word, lookup));
  }

  /** The words of a text, as they stand in it. */
  split(text: string): string[] {
    return text.match(this.#words) ?? [];
  }

  token_to_id(token: string): number | undefined {
    return this.ids.get(token);
  }

  mergeRankOf(id: number): number {
    return (this.#names[id]?.length ?? 0) > 1 ? id - byteCount : -1;
  }

  scoreOf(): number {
    return NaN;
  }

  #encodeWord(word: string, lookup: PairLookup): string[] {
    if (this.ids.has(word)) return [word];
    const symbols = Int32Array.from(word, (byte) => this.ids.get(byte)!);
    const count = mergePairs(symbols, lookup);
    return Array.from(symbols.subarray(0, count), (id) => this.#names[id]!);
  }
}

/** Pairs merge when their joined name is a token; what was found is remembered by the pair of ids. */
class JoinedPairs implements PairLookup {
  readonly #ids: ReadonlyMap<string, number>;
  readonly #names: readonly string[];
  readonly #known = new Map<number, number>();

  constructor(ids: ReadonlyMap<string, number>, names: readonly string[]) {
    this.#ids = ids;
    this.#names = names;
  }

  rankOf(left: number, right: number): number {
    const key = left * idRange + right;
    let id = this.#known.get(key);
    if (id === undefined) {
      id = this.#ids.get(this.#names[left]! + this.#names[right]!) ?? -1;
      this.#known.set(key, id);
    }
    return id;
  }

  mergedOf(left: number, right: number): number {
    return this.rankOf(left, right);
  }
}
