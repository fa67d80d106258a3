import type { ScoredTokens, TokenTexts } from '../../core/scores/scoredTokens.js';
import type { PlacedTokens } from '../../core/tokenizer/placedTokens.js';
import type { TokenTable } from '../../core/tokenizer/tokenTable.js';
import type { ScoreColumns } from './scoreColumns.js';

/** Cuts the columns of a text into pieces that can be sent. */
export class ScorePieces {
  readonly #placed: PlacedTokens;
  readonly #columns: ScoreColumns;
  readonly #table: TokenTable;

  constructor(placed: PlacedTokens, columns: ScoreColumns, table: TokenTable) {
    this.#placed = placed;
    this.#columns = columns;
    this.#table = table;
  }

  /** Copies tokens `[first, end)`. */
  cut(first: number, end: number): ScoredTokens {
    const { ids, starts, ends, byteStarts, byteEnds } = this.#placed;
    const { logProbs, ranks, entropies, topCount, topIds, topLogProbs } = this.#columns;
    const piece = {
      firstToken: first,
      ids: ids.slice(first, end),
      starts: starts.slice(first, end),
      ends: ends.slice(first, end),
      byteStarts: byteStarts.slice(first, end),
      byteEnds: byteEnds.slice(first, end),
      logProbs: logProbs.slice(first, end),
      ranks: ranks.slice(first, end),
      entropies: entropies.slice(first, end),
      topCount,
      topIds: topIds.slice(first * topCount, end * topCount),
      topLogProbs: topLogProbs.slice(first * topCount, end * topCount),
    };
    return { ...piece, vocabulary: tokenTexts(this.#table, piece.ids, piece.topIds) };
  }
}

/** Texts of all ids in some columns, each once. */
export function tokenTexts(table: TokenTable, ...columns: readonly (readonly number[] | Uint32Array)[]): TokenTexts {
  const seen = new Set<number>();
  for (const column of columns) for (const id of column) seen.add(id);
  const ids = Uint32Array.from(seen).sort();
  return { ids, texts: Array.from(ids, (id) => table.textOf(id)) };
}
