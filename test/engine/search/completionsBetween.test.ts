import path from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { systemClock } from '../../../src/core/clock.js';
import { indexFiles, type IndexingProgress, type SourceFile } from '../../../src/core/search/indexFiles.js';
import { SearchIndex } from '../../../src/core/search/searchIndex.js';
import { forkedEngine } from '../../../src/supervisor/forkedEngine.js';
import { Supervisor } from '../../../src/supervisor/supervisor.js';
import { builtEngine } from '../../support/engineProcess.js';
import { generationParams } from '../../support/generationParams.js';
import { settledError } from '../../support/settledError.js';
import { silentLog } from '../../support/silentLog.js';

const models = path.resolve(import.meta.dirname, '../../../models');
const clock = systemClock(globalThis);

/** More than is embedded while this test runs. */
const files: readonly SourceFile[] = Array.from({ length: 20_000 }, (_, file) => ({
  key: `file ${file}`,
  stamp: undefined,
  read: async () =>
    `function part${file}(entries, limit) {\n${`  limit += entries.length * ${file};\n`.repeat(12)}  return limit;\n}\n`,
}));

describe('while code is indexed in the engine that ships', () => {
  it('completions and questions go in between', async () => {
    const engine = new Supervisor({
      launch: forkedEngine({ entry: builtEngine(), clock, log: silentLog }),
      clock,
      log: silentLog,
    });
    onTestFinished(() => engine.dispose());
    const embed = (texts: readonly string[], signal: AbortSignal) =>
      engine.call('embeddings/embed', { folder: path.join(models, 'encoder'), texts }, { signal });
    const stopping = new AbortController();
    const index = new SearchIndex();
    let done = 0;
    let firstIsDone = (): void => undefined;
    const firstDone = new Promise<void>((resolve) => {
      firstIsDone = resolve;
    });
    const onProgress = ({ doneFileCount }: IndexingProgress): void => {
      done = doneFileCount;
      firstIsDone();
    };
    const indexing = indexFiles(files, index, { embed, hash: (text) => text, clock }, onProgress, stopping.signal);
    indexing.catch(() => undefined);
    await firstDone;
    // Loads the model; from then on a completion waits for one run of the encoder at most.
    await engine.call('models/load', { folder: path.join(models, 'code') });
    const before = done;
    for (const text of ['const a = ', 'const b = ']) {
      await engine.call('completion/generate', generationParams(path.join(models, 'code'), text, 4));
      await embed([text], new AbortController().signal);
    }
    // Two questions and two completions, each within two requests of 16 blocks: one under way, one that was waiting.
    expect(done - before).toBeLessThanOrEqual(4 * 2 * 16);
    expect(done).toBeLessThan(files.length);
    stopping.abort();
    expect((await settledError(indexing)).code).toBe('cancelled');
    expect(index.fileCount).toBe(done);
  });
});
