import path from 'node:path';
import { env, pipeline } from '@xenova/transformers';
import { processorTimeMs } from '../measure/processorTime.js';
import { speedRounds, type EmbeddingSpeed } from './measureSearch.js';
import type { SearchTask } from './searchTasks.js';

/**
 * Processor time that transformers.js takes to embed all functions with the same ONNX file on one thread, as many at once
 * as given, in the order in which they come.
 */
export async function measureTransformersSpeed(
  tasks: readonly SearchTask[],
  folder: string,
  batchSize: number,
): Promise<EmbeddingSpeed> {
  env.allowRemoteModels = false;
  env.localModelPath = path.dirname(folder);
  const extract = await pipeline('feature-extraction', path.basename(folder), {
    local_files_only: true,
    dtype: 'q8',
    session_options: { intraOpNumThreads: 1, interOpNumThreads: 1, logSeverityLevel: 3 },
  });
  const texts = tasks.map(({ code }) => code);
  const times: number[] = [];
  for (let round = 0; round < speedRounds; round++) {
    const before = processorTimeMs(undefined);
    for (let start = 0; start < texts.length; start += batchSize) {
      const output = await extract(texts.slice(start, start + batchSize), { pooling: 'mean', normalize: true });
      output.dispose();
    }
    times.push(processorTimeMs(undefined) - before);
  }
  await extract.dispose();
  return { functionCount: texts.length, processorMs: Math.min(...times) };
}
