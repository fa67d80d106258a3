import type { CodeBlock } from './codeBlock.js';
import { packedDot } from './packedVectors.js';
import type { SearchIndex } from './searchIndex.js';

/** A block that was found. */
export interface FoundBlock {
  /** Key of its file. */
  readonly file: string;
  readonly block: CodeBlock;
  /** Cosine of the two vectors, from -1 to 1. */
  readonly similarity: number;
}

/** What is found. */
export interface RankingOptions {
  readonly limit: number;
  /** Blocks for which it is true are not found. */
  readonly leavesOut?: (file: string, block: CodeBlock) => boolean;
}

/**
 * The blocks nearest to a vector, the nearest first; among equals the one that comes first in the index. Of a definition in
 * several parts only the nearest part is found.
 *
 * @param query of the length of the index's vectors, itself of length 1; vectors of another length are left out.
 */
export function rankBlocks(
  index: SearchIndex,
  query: Float32Array,
  { limit, leavesOut }: RankingOptions,
): readonly FoundBlock[] {
  const found: FoundBlock[] = [];
  for (const [file, { blocks, vectors }] of index.files) {
    if (vectors.values.length !== blocks.length * query.length) continue;
    for (const [row, block] of blocks.entries()) {
      const similarity = packedDot(vectors, row, query);
      if (found.length === limit && similarity <= (found.at(-1)?.similarity ?? 1)) continue;
      if (leavesOut?.(file, block) === true) continue;
      insert(found, { file, block, similarity });
      if (found.length > limit) found.pop();
    }
  }
  return found;
}

/** Keeps the order; of parts of one definition, the nearer stays. */
function insert(found: FoundBlock[], candidate: FoundBlock): void {
  const other = found.findIndex(
    ({ file, block }) => file === candidate.file && block.headerLine === candidate.block.headerLine,
  );
  if (other >= 0) {
    if (found[other]!.similarity >= candidate.similarity) return;
    found.splice(other, 1);
  }
  const place = found.findIndex(({ similarity }) => similarity < candidate.similarity);
  found.splice(place < 0 ? found.length : place, 0, candidate);
}
