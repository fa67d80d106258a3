import { describe, expect, it } from 'vitest';
import { indexFiles, type IndexingProgress, type SourceFile } from '../../../src/core/search/indexFiles.js';
import { SearchIndex } from '../../../src/core/search/searchIndex.js';
import { settledError } from '../../support/settledError.js';
import { createSteppingClock } from '../cli/fakes.js';

/** Embeds a text as its length and what is left of it, and remembers the sizes of requests. */
class LengthEncoder {
  readonly requests: number[] = [];
  onRequest: () => void = () => undefined;

  readonly embed = async (texts: readonly string[]): Promise<{ vectors: Float32Array; dimensions: number }> => {
    this.requests.push(texts.length);
    this.onRequest();
    return { vectors: Float32Array.from(texts.flatMap(({ length }) => [1 / length, 1])), dimensions: 2 };
  };
}

const functionNamed = (name: string): string => `function ${name}(first, second) {\n  return first + second * 2;\n}\n`;

/** A file on a disk that counts how often it is read. */
function fileOf(key: string, text: string | undefined, modifiedMs = 1): SourceFile & { reads: number } {
  const file = {
    key,
    stamp: { modifiedMs, sizeBytes: text?.length ?? 0 },
    reads: 0,
    read: async () => {
      file.reads++;
      return text;
    },
  };
  return file;
}

function run(
  files: readonly SourceFile[],
  index: SearchIndex,
  { embed }: LengthEncoder,
  signal = new AbortController().signal,
  seen: IndexingProgress[] = [],
) {
  const ports = { embed, hash: (text: string) => text, clock: createSteppingClock() };
  return indexFiles(files, index, ports, (progress) => seen.push(progress), signal);
}

describe('indexFiles', () => {
  it('reads, cuts and embeds, in requests of a few texts, and says how far it is', async () => {
    const index = new SearchIndex();
    const encoder = new LengthEncoder();
    const seen: IndexingProgress[] = [];
    const files = Array.from({ length: 20 }, (_, file) =>
      fileOf(`f${file}`, functionNamed(`a${file}`) + functionNamed(`b${file}`)),
    );
    const report = await run(files, index, encoder, undefined, seen);
    expect(encoder.requests).toEqual([16, 16, 8]);
    expect([index.fileCount, index.blockCount]).toEqual([20, 40]);
    expect(report).toMatchObject({ readFileCount: 20, embeddedFileCount: 20, embeddedBlockCount: 40 });
    expect(seen.map(({ doneFileCount }) => doneFileCount)).toEqual(Array.from({ length: 20 }, (_, done) => done + 1));
    const { blocks, vectors } = index.get('f19')!;
    expect(blocks.map(({ name }) => name)).toEqual(['a19', 'b19']);
    expect(vectors.scales).toHaveLength(2);
  });

  it('does not read again what has the same time and size', async () => {
    const index = new SearchIndex();
    const file = fileOf('a', functionNamed('f'));
    await run([file], index, new LengthEncoder());
    const encoder = new LengthEncoder();
    const report = await run([file], index, encoder);
    expect([file.reads, encoder.requests, report.readFileCount]).toEqual([1, [], 0]);
    expect(index.blockCount).toBe(1);
  });

  it('does not embed again what has the same text, touched, moved or copied', async () => {
    const index = new SearchIndex();
    await run([fileOf('a', functionNamed('f'))], index, new LengthEncoder());
    const encoder = new LengthEncoder();
    const report = await run([fileOf('b', functionNamed('f')), fileOf('c', functionNamed('f'), 2)], index, encoder);
    expect(encoder.requests).toEqual([]);
    expect(report).toMatchObject({ readFileCount: 2, embeddedFileCount: 0 });
    expect([...index.files.keys()]).toEqual(['b', 'c']);
    expect(index.get('c')!.stamp).toEqual({ modifiedMs: 2, sizeBytes: functionNamed('f').length });
  });

  it('embeds what has changed, and forgets what is gone', async () => {
    const index = new SearchIndex();
    await run([fileOf('a', functionNamed('old')), fileOf('b', functionNamed('gone'))], index, new LengthEncoder());
    await run([fileOf('a', functionNamed('changed'), 2)], index, new LengthEncoder());
    expect([...index.files.values()].flatMap(({ blocks }) => blocks.map(({ name }) => name))).toEqual(['changed']);
  });

  it('reads a text without a stamp every time: it is in an editor', async () => {
    const index = new SearchIndex();
    const file = { ...fileOf('a', functionNamed('f')), stamp: undefined };
    await run([file], index, new LengthEncoder());
    const report = await run([{ ...file, read: async () => functionNamed('g') }], index, new LengthEncoder());
    expect(report.embeddedFileCount).toBe(1);
    expect(index.get('a')!.blocks[0]!.name).toBe('g');
  });

  it('passes over what is no text, and over files without blocks', async () => {
    const index = new SearchIndex();
    const report = await run([fileOf('a', undefined), fileOf('b', '\n')], index, new LengthEncoder());
    expect(report).toMatchObject({ unreadableFileCount: 1, embeddedBlockCount: 0 });
    expect([index.fileCount, index.blockCount]).toEqual([2, 0]);
  });

  it('keeps what was done when it is cancelled, and goes on from there', async () => {
    const index = new SearchIndex();
    const encoder = new LengthEncoder();
    const cancelling = new AbortController();
    encoder.onRequest = () => {
      if (encoder.requests.length === 2) cancelling.abort();
    };
    const files = Array.from({ length: 64 }, (_, file) => fileOf(`f${file}`, functionNamed(`f${file}`)));
    const error = await settledError(run(files, index, encoder, cancelling.signal));
    expect(error.code).toBe('cancelled');
    expect(index.fileCount).toBe(32);
    const again = new LengthEncoder();
    await run(files, index, again);
    expect([index.fileCount, again.requests]).toEqual([64, [16, 16]]);
  });
});
