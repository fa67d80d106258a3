import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import type { Embeddings } from '../../../src/protocol/embeddingsContract.js';
import { runWith, sampleModel, type Answers } from './fakes.js';

const encoder = { ...sampleModel, id: 'encoder', folder: '/models/encoder', roles: ['embedding'] };

/** Embeds by a word: what speaks of `disk` is near to what speaks of it. */
const answers: Answers = {
  'models/scan': () => [sampleModel, encoder],
  'embeddings/embed': ({ texts }): Embeddings => ({
    vectors: Float32Array.from(texts.flatMap((text) => (text.includes('disk') ? [1, 0] : [0, 1]))),
    dimensions: 2,
    tokenCounts: new Uint32Array(texts.length),
    contextLength: 256,
  }),
};

const files: Readonly<Record<string, string>> = {
  'src/save.ts': 'export function save(disk: Disk, text: string): void {\n  disk.write(text, { sync: true });\n}\n',
  'src/show.py': 'def show(window, text):\n    window.title = text\n    window.draw()\n',
  'out/save.js': 'function save(disk, text) {\n  disk.write(text, { sync: true });\n}\n',
  'node_modules/a/index.js': 'function save(disk, text) {\n  disk.write(text, { sync: true });\n}\n',
  'secrets.sh': 'disk() {\n  echo "the disk is full of secrets here"\n}\n',
  'id_disk.sql': 'create table disk_of_many_columns (\n  a int, b int, c int, d int\n);\n',
  '.gitignore': 'out/\n',
};

async function project(contents = files): Promise<string> {
  const folder = await mkdtemp(path.join(tmpdir(), 'glassbox-find-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  for (const [name, text] of Object.entries(contents)) {
    await mkdir(path.dirname(path.join(folder, name)), { recursive: true });
    await writeFile(path.join(folder, name), text);
  }
  return folder;
}

interface FindJson {
  readonly results: readonly { path: string; startLine: number; endLine: number; name: string; similarity: number }[];
  readonly files: Readonly<Record<string, number>>;
  readonly timings: { readonly listMs: number; readonly indexing: { readonly embedMs: number } };
}

describe('glassbox find', () => {
  it('prints places by their similarity, and nothing of what is ignored, secret or foreign', async () => {
    const { exitCode, output } = await runWith(['find', 'writes to the disk', await project()], answers);
    expect(exitCode).toBe(0);
    expect(output.split('\n')).toEqual([
      'similarity  place          code',
      '     1.000  src/save.ts:1  export function save(disk: Disk, text: string): void {',
      '     0.000  src/show.py:1  def show(window, text):',
      '',
    ]);
  });

  it('prints one object with results, counts and times', async () => {
    const { output, engine } = await runWith(['find', '--json', '--top', '1', 'disk', await project()], answers);
    const { results, files: counts, timings } = JSON.parse(output) as FindJson;
    expect(results).toEqual([
      {
        path: 'src/save.ts',
        startLine: 1,
        endLine: 3,
        kind: 'function',
        name: 'save',
        signature: 'export function save(disk: Disk, text: string): void {',
        similarity: expect.closeTo(1, 5) as number,
      },
    ]);
    expect(counts).toMatchObject({ fileCount: 2, readFileCount: 2, embeddedBlockCount: 2, blockCount: 2 });
    expect(timings.indexing.embedMs).toBeGreaterThan(0);
    expect(
      engine.calls.filter(({ method }) => method === 'embeddings/embed').map(({ params }) => params),
    ).toMatchObject([{ folder: '/models/encoder' }, { folder: '/models/encoder', texts: ['disk'] }]);
  });

  it('reads only what has changed when it keeps an index, and makes a damaged one again', async () => {
    const folder = await project();
    const index = path.join(folder, 'kept.index');
    const find = async (): Promise<FindJson> =>
      JSON.parse((await runWith(['find', '--json', '--index', index, 'disk', folder], answers)).output) as FindJson;
    expect((await find()).files.readFileCount).toBe(2);
    expect((await find()).files.readFileCount).toBe(0);
    await writeFile(path.join(folder, 'src/show.py'), `${files['src/show.py']!}\n`);
    expect((await find()).files).toMatchObject({ readFileCount: 1, blockCount: 2 });
    await writeFile(index, (await readFile(index)).subarray(0, 40));
    expect((await find()).files.readFileCount).toBe(2);
  });

  it('takes the description from standard input', async () => {
    const { output } = await runWith(['find', '-', await project()], answers, { input: 'disk.write(text)\n' });
    expect(output).toContain('     1.000  src/save.ts:1');
  });

  it.each([
    [['find'], 2, "missing required argument 'description'"],
    [['find', ' ', '.'], 2, 'The description is empty.'],
    [['find', 'disk', '/nowhere/at/all'], 2, '/nowhere/at/all does not exist.'],
    [['find', 'disk', '.', '--model', 'sample'], 3, 'sample does not turn code into vectors.'],
    [['find', 'disk', '.', '--top', '0'], 2, 'It must be a whole number from 1.'],
  ])('%j ends with %i', async (args, exitCode, message) => {
    const run = await runWith(args, answers);
    expect({ exitCode: run.exitCode, errors: run.errors }).toEqual({
      exitCode,
      errors: expect.stringContaining(message) as string,
    });
  });

  it('ends with 4 where there is no code', async () => {
    const { exitCode, errors } = await runWith(['find', 'disk', await project({ 'a.txt': 'disk' })], answers);
    expect(exitCode).toBe(4);
    expect(errors).toContain('There is no code below');
  });
});
