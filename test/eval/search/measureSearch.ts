import type { ModelDescriptor } from '../../../src/core/model/modelDescriptor.js';
import type { EngineClient } from '../../../src/protocol/engineContract.js';
import type { Embeddings } from '../../../src/protocol/embeddingsContract.js';
import { processorTimeMs } from '../measure/processorTime.js';
import { Bm25 } from './bm25.js';
import type { SearchTask } from './searchTasks.js';

/** Where the right function came for each description, 1 for the first place; by the name of what ranked them. */
export type SearchRanks = ReadonlyMap<string, readonly number[]>;

/** Functions that were embedded, in so much processor time. */
export interface EmbeddingSpeed {
  readonly functionCount: number;
  readonly processorMs: number;
}

/** How often a speed is measured; the fastest counts, since whatever disturbs only makes it slower. */
export const speedRounds = 3;

/** What ranks without a model. */
export const bm25Label = 'BM25';

/** Ranks every function for every description: by the encoder's vectors, and by BM25. */
export async function measureSearch(
  tasks: readonly SearchTask[],
  { id, folder }: ModelDescriptor,
  engine: EngineClient,
  signal: AbortSignal,
): Promise<SearchRanks> {
  const embed = (texts: readonly string[]): Promise<Embeddings> =>
    engine.call('embeddings/embed', { folder, texts }, { signal });
  const descriptions = await embed(tasks.map(({ description }) => description));
  const codes = await embed(tasks.map(({ code }) => code));
  const bm25 = new Bm25(tasks.map(({ code }) => code));
  return new Map([
    [id, tasks.map((_, index) => rankOf(index, cosines(descriptions, index, codes)))],
    [bm25Label, tasks.map(({ description }, index) => rankOf(index, bm25.scores(description)))],
  ]);
}

/** Processor time that the engine and this process take to embed all functions, tokens and transport included. */
export async function measureSpeed(
  tasks: readonly SearchTask[],
  { folder }: ModelDescriptor,
  engine: EngineClient,
  signal: AbortSignal,
): Promise<EmbeddingSpeed> {
  const { pid } = await engine.call('engine/state', {}, { signal });
  const texts = tasks.map(({ code }) => code);
  const times: number[] = [];
  for (let round = 0; round < speedRounds; round++) {
    const before = processorTimeMs(pid);
    await engine.call('embeddings/embed', { folder, texts }, { signal });
    times.push(processorTimeMs(pid) - before);
  }
  return { functionCount: texts.length, processorMs: Math.min(...times) };
}

/** The place of one value among others, the largest first; among equal ones the middle place. */
export function rankOf(index: number, scores: Float64Array): number {
  const own = scores[index]!;
  let larger = 0;
  let equal = 0;
  for (const score of scores) {
    if (score > own) larger++;
    else if (score === own) equal++;
  }
  return 1 + larger + (equal - 1) / 2;
}

function cosines(queries: Embeddings, row: number, documents: Embeddings): Float64Array {
  const { dimensions } = queries;
  const scores = new Float64Array(documents.vectors.length / dimensions);
  for (let document = 0; document < scores.length; document++) {
    let sum = 0;
    for (let at = 0; at < dimensions; at++) {
      sum += queries.vectors[row * dimensions + at]! * documents.vectors[document * dimensions + at]!;
    }
    scores[document] = sum;
  }
  return scores;
}
