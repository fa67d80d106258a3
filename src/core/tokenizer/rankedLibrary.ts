import { encodeUtf8 } from '../text/utf8.js';
import { byteAlphabet, byteLevelForm } from './byteAlphabet.js';
import type { ByteLevelWords } from './byteLevelWords.js';
import { mergePairs, type PairLookup } from './pairMerger.js';
import { PairTable } from './pairTable.js';
import type { TokenFacts } from './tokenFacts.js';
import type { TokenizerLibrary } from './tokenizerLibrary.js';

/** Single bytes have the first ids; merges follow them. */
const byteCount = byteAlphabet.length;

/** Pairs that are remembered before all are forgotten. */
const mostPairs = 1 << 20;

/**
 * An encoding of tiktoken's kind: byte-level tokens whose id is the rank of the merge that makes them; two neighbours
 * merge whenever their joined bytes are a token. Words come from one regular expression.
 */
export class RankedLibrary implements TokenizerLibrary, TokenFacts, ByteLevelWords {
  readonly normalizer = null;
  readonly byteLevelWords = this;
  /** Id of each token, written in the alphabet of bytes. */
  readonly ids: ReadonlyMap<string, number>;
  readonly pre_tokenizer: (text: string) => string[];
  readonly model: (words: string[]) => string[];
  readonly #words: RegExp;
  readonly #names: readonly string[];
  readonly #lookup: PairLookup;

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
    this.#lookup = new JoinedPairs(ids, names);
    this.pre_tokenizer = (text) => this.split(text).map((word) => byteLevelForm(encodeUtf8(word)));
    this.model = (words) => words.flatMap((word) => this.idsOf(word).map((id) => names[id]!));
  }

  /** The words of a text, as they stand in it. */
  split(text: string): string[] {
    return text.match(this.#words) ?? [];
  }

  idsOf(word: string): readonly number[] {
    const whole = this.ids.get(word);
    if (whole !== undefined) return [whole];
    const symbols = Int32Array.from(word, (byte) => this.ids.get(byte)!);
    const count = mergePairs(symbols, this.#lookup);
    return Array.from(symbols.subarray(0, count));
  }

  byteLengthOf(id: number): number {
    return this.#names[id]?.length ?? 0;
  }

  token_to_id(token: string): number | undefined {
    return this.ids.get(token);
  }

  mergeRankOf(id: number): number {
    return this.byteLengthOf(id) > 1 ? id - byteCount : -1;
  }

  scoreOf(): number {
    return NaN;
  }
}

/** Pairs merge when their joined name is a token; what was found is remembered by the pair of ids. */
class JoinedPairs implements PairLookup {
  readonly #ids: ReadonlyMap<string, number>;
  readonly #names: readonly string[];
  #known = new PairTable();

  constructor(ids: ReadonlyMap<string, number>, names: readonly string[]) {
    this.#ids = ids;
    this.#names = names;
  }

  rankOf(left: number, right: number): number {
    if (this.#known.has(left, right)) return this.#known.rankOf(left, right);
    const id = this.#ids.get(this.#names[left]! + this.#names[right]!) ?? -1;
    if (this.#known.size >= mostPairs) this.#known = new PairTable();
    this.#known.set(left, right, id, id);
    return id;
  }

  mergedOf(left: number, right: number): number {
    return this.rankOf(left, right);
  }
}
