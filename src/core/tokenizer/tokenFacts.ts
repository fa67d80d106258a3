import { mergesOf } from './fileBpeRules.js';
import type { TokenColumns } from './tokenColumns.js';
import type { TokenTable } from './tokenTable.js';
import { isScoreList, vocabularyEntries, type TokenizerFile } from './tokenizerFile.js';

/** What a tokenizer knows of a token beyond the text it stands for. */
export interface TokenFacts {
  /** See `TokenVocabulary.mergeRanks`. */
  mergeRankOf(id: number): number;
  /** See `TokenVocabulary.scores`. */
  scoreOf(id: number): number;
}

/** What a `tokenizer.json` says; read when first asked for. */
export class FileTokenFacts implements TokenFacts {
  readonly #file: TokenizerFile;
  #ranks: ReadonlyMap<number, number> | undefined;

  constructor(file: TokenizerFile) {
    this.#file = file;
  }

  mergeRankOf(id: number): number {
    this.#ranks ??= mergeRanks(this.#file);
    return this.#ranks.get(id) ?? -1;
  }

  scoreOf(id: number): number {
    const { vocab } = this.#file.model;
    return isScoreList(vocab) ? (vocab[id]?.[1] ?? NaN) : NaN;
  }
}

/** The distinct tokens among `ids`, and for each id the index of its entry. */
export function collectVocabulary(
  ids: Uint32Array,
  table: TokenTable,
  facts: TokenFacts,
): Pick<TokenColumns, 'entries' | 'vocabulary'> {
  const entryOfId = new Int32Array(table.size).fill(-1);
  const distinct: number[] = [];
  const entries = new Uint32Array(ids.length);
  for (let token = 0; token < ids.length; token++) {
    const id = ids[token]!;
    let entry = entryOfId[id]!;
    if (entry < 0) {
      entry = distinct.push(id) - 1;
      entryOfId[id] = entry;
    }
    entries[token] = entry;
  }
  return {
    entries,
    vocabulary: {
      ids: Uint32Array.from(distinct),
      names: distinct.map((id) => table.nameOf(id)),
      mergeRanks: Int32Array.from(distinct, (id) => facts.mergeRankOf(id)),
      scores: Float64Array.from(distinct, (id) => facts.scoreOf(id)),
      isControl: Uint8Array.from(distinct, (id) => Number(table.isSpecial(id))),
    },
  };
}

/** Rank by id of the token that each merge makes; the first where several make the same one. */
function mergeRanks({ model }: TokenizerFile): ReadonlyMap<number, number> {
  const ranks = new Map<number, number>();
  if (isScoreList(model.vocab)) return ranks;
  const ids = new Map(vocabularyEntries(model.vocab));
  for (const [rank, [left, right]] of mergesOf(model).entries()) {
    const id = ids.get(left + right);
    if (id !== undefined && !ranks.has(id)) ranks.set(id, rank);
  }
  return ranks;
}
