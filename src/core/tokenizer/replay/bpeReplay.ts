import { mergePairs, type PairLookup } from '../pairMerger.js';
import type { BpeMerge, BpeWord } from './replayTrace.js';
import type { WordReplay } from './wordReplay.js';

/** The rules of one byte pair encoding. */
export interface BpeRules {
  /** What merging begins with. */
  symbolsOf(word: string): readonly string[];
  /** Order of the merge of two symbols, from 0; -1 when they do not merge. */
  rankOf(left: string, right: string): number;
  /** True for words that are taken as they are. */
  isTakenWhole(word: string): boolean;
  /** The tokens of a symbol that is left at the end: itself, its bytes, the unknown token, or nothing. */
  piecesOf(symbol: string): readonly string[];
}

/** Replays byte pair encoding, merge by merge. */
export class BpeReplay implements WordReplay {
  readonly algorithm = 'bpe';
  readonly #rules: BpeRules;

  constructor(rules: BpeRules) {
    this.#rules = rules;
  }

  replay(word: string): { readonly steps: BpeWord; readonly pieces: readonly string[] } {
    const initial = this.#rules.symbolsOf(word);
    const { merges, symbols } = this.#merge(initial);
    const steps = { kind: 'bpe', symbols: initial } as const;
    if (!this.#rules.isTakenWhole(word)) {
      const pieces = symbols.flatMap((symbol) => this.#rules.piecesOf(symbol));
      return { steps: { ...steps, merges, isTakenWhole: false }, pieces };
    }
    const leadsThere = symbols.length === 1 && symbols[0] === word;
    return { steps: { ...steps, merges: leadsThere ? merges : [], isTakenWhole: true }, pieces: [word] };
  }

  #merge(initial: readonly string[]): { merges: readonly BpeMerge[]; symbols: readonly string[] } {
    const pairs = new SymbolPairs(this.#rules);
    const ids = Int32Array.from(initial, (symbol) => pairs.idOf(symbol));
    const isGone = new Uint8Array(ids.length);
    const merges: BpeMerge[] = [];
    const count = mergePairs(ids, pairs, (rank, left, right) => {
      let index = 0;
      for (let place = 0; place < left; place++) index += 1 - isGone[place]!;
      isGone[right] = 1;
      merges.push({ index, left: pairs.symbolOf(ids[left]!), right: pairs.symbolOf(ids[right]!), rank });
    });
    return { merges, symbols: Array.from(ids.subarray(0, count), (id) => pairs.symbolOf(id)) };
  }
}

/** Symbols of one word, numbered as they appear: not every symbol need be a token. */
class SymbolPairs implements PairLookup {
  readonly #rules: BpeRules;
  readonly #symbols: string[] = [];
  readonly #ids = new Map<string, number>();

  constructor(rules: BpeRules) {
    this.#rules = rules;
  }

  idOf(symbol: string): number {
    let id = this.#ids.get(symbol);
    if (id === undefined) {
      id = this.#symbols.push(symbol) - 1;
      this.#ids.set(symbol, id);
    }
    return id;
  }

  symbolOf(id: number): string {
    return this.#symbols[id]!;
  }

  rankOf(left: number, right: number): number {
    return this.#rules.rankOf(this.symbolOf(left), this.symbolOf(right));
  }

  mergedOf(left: number, right: number): number {
    return this.idOf(this.symbolOf(left) + this.symbolOf(right));
  }
}
