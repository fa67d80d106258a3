import { createHash } from 'node:crypto';
import path from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { listFolderFiles } from '../../../src/cli/folderFiles.js';
import { systemClock } from '../../../src/core/clock.js';
import { cutBlocks } from '../../../src/core/search/codeBlocks.js';
import { indexFiles } from '../../../src/core/search/indexFiles.js';
import { rankBlocks } from '../../../src/core/search/rankBlocks.js';
import { SearchIndex } from '../../../src/core/search/searchIndex.js';
import { createEncoder } from '../../../src/engine/models/createSessions.js';
import { LoadedEncoder } from '../../../src/engine/models/loadedEncoder.js';
import { NativeOnnxRuntime } from '../../../src/engine/onnx/nativeOnnxRuntime.js';
import { Bm25 } from '../../eval/search/bm25.js';
import { rankOf } from '../../eval/search/measureSearch.js';
import { bundledEncoder, checkedEncoder, noAbort } from '../modelFixtures.js';

const folder = path.resolve(import.meta.dirname, '../../fixtures/search');
const index = new SearchIndex();
let texts: readonly string[];
let embed: (texts: readonly string[]) => Promise<{ vectors: Float32Array; dimensions: number }>;

beforeAll(async () => {
  const model = await checkedEncoder(bundledEncoder);
  const encoder = new LoadedEncoder(model, await createEncoder(model, new NativeOnnxRuntime()));
  embed = (texts) => encoder.embed(texts, () => undefined, { signal: noAbort, giveWay: async () => undefined });
  const hash = (text: string): string => createHash('sha256').update(text).digest('base64');
  const files = await listFolderFiles(folder, noAbort);
  texts = await Promise.all(files.map(async ({ read }) => (await read()) ?? ''));
  await indexFiles(files, index, { embed, hash, clock: systemClock(globalThis) }, () => undefined, noAbort);
  return () => encoder.release();
});

/** What is asked, in words of one's own, and the function that is meant. */
const questions = [
  ['how long to wait before trying again', 'delayBeforeAttempt'],
  ['runs an operation again after it failed', 'withRetries'],
  ['splits the parameters of a URL', 'parseQuery'],
  ['stops the web server gracefully', 'Shutdown'],
  ['refuses requests without a valid authorization', 'requireToken'],
  ['evicts the least recently used entry when the cache is full', 'insert'],
  ['keeps each string only once', 'remove_duplicates'],
  ['reads the customers of a town from the database', 'customersOf'],
  ['undoes database changes when something goes wrong', 'inTransaction'],
  ['reads configuration from a JSON file', 'Load'],
  ['throws when a configuration value is absent', 'Require'],
  ['counts how often words occur', 'most_common_words'],
  ['makes a title fit for a web address', 'slugify'],
  ['how many letters must change to turn one string into another', 'edit_distance'],
  ['reads a spreadsheet file with a header', 'from_csv'],
  ['traps keyboard focus in a dialog', 'keepFocusInside'],
  ['waits until calls have stopped before running the function', 'debounce'],
  ['converts a color code to its components', 'hexToRgb'],
  ['moves an element down the binary heap', 'sift_down'],
  ['concatenates a directory and a file name', 'join_path'],
  ['swaps rows and columns', 'transposed'],
  ['how much values are spread around their average', 'standardDeviation'],
] as const;

const shown = 3;

/** Where each function that is meant comes among all blocks, 1 for the first place. */
async function ranks(): Promise<readonly number[]> {
  return Promise.all(
    questions.map(async ([question, name]) => {
      const { vectors } = await embed([question]);
      const found = rankBlocks(index, vectors, { limit: index.blockCount });
      return 1 + found.findIndex(({ block }) => block.name === name);
    }),
  );
}

/** The same by the words that question and block share, for comparison. */
function ranksByWords(): readonly number[] {
  const blocks = texts.flatMap((text) => cutBlocks(text));
  const bm25 = new Bm25(blocks.map(({ text }) => text));
  return questions.map(([question, name]) => {
    return rankOf(
      blocks.findIndex((block) => block.name === name),
      bm25.scores(question),
    );
  });
}

function among(found: readonly number[]): number {
  return found.filter((rank) => rank <= shown).length;
}

describe('the bundled encoder, over blocks in nine languages', () => {
  it('finds most functions among the first three by what they do, more than their words find', async () => {
    const found = await ranks();
    const misses = questions.flatMap(([question], at) => (found[at]! > shown ? [`${found[at]}: ${question}`] : []));
    // 18 when this was written; the four others come fourth to twelfth.
    expect(misses.length, misses.join('\n')).toBeLessThanOrEqual(4);
    expect(among(found)).toBeGreaterThan(among(ranksByWords()));
  });

  it('finds the function that is like a selected one', async () => {
    const like = 'public static double deviation(double[] xs) {\n  double mean = 0;\n  return Math.sqrt(mean);\n}';
    const { vectors } = await embed([like]);
    expect(rankBlocks(index, vectors, { limit: 1 })[0]!.block.name).toBe('standardDeviation');
  });
});
