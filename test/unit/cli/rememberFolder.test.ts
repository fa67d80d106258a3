import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import type { GenerationResult } from '../../../src/core/completion/generation.js';
import type { EngineContract } from '../../../src/protocol/engineContract.js';
import { runWith, sampleModel, type Answers, type CliRun } from './fakes.js';

const files: Readonly<Record<string, string>> = {
  'src/app.ts': 'const a = \n',
  'src/store.ts': 'export const store = 1;\r\nexport const other = 2;\r\n',
  'made/store.ts': 'export const made = 1;\n',
  'build.sh': 'code\n',
  '.env.sh': 'secret\n',
  'notes.md': 'prose\n',
  '.gitignore': 'made\n',
};

async function project(): Promise<string> {
  const folder = await mkdtemp(path.join(tmpdir(), 'glassbox-remember-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  for (const [name, text] of Object.entries(files)) {
    await mkdir(path.dirname(path.join(folder, name)), { recursive: true });
    await writeFile(path.join(folder, name), text);
  }
  return folder;
}

const result: GenerationResult = {
  text: '1;',
  tokens: [],
  healedLength: 0,
  stopReason: 'end-of-text',
  promptTokenCount: 1,
  reusedTokenCount: 0,
  timings: { queueMs: 0, loadMs: 0, tokenizeMs: 0, prefillMs: 0, decodeMs: 0 },
};
const answers: Answers = {
  'completion/generate': () => result,
  'memory/remember': ({ files: sent }) => ({ fileCount: sent.length, tokenCount: 0 }),
};

/** The memory and the path of each generation, and what was remembered before. */
function asked({ engine }: CliRun): readonly unknown[] {
  return engine.calls.flatMap(({ method, params }): unknown[] => {
    if (method === 'memory/remember') return [params];
    if (method !== 'completion/generate') return [];
    const { memory, prompt } = params as EngineContract['completion/generate']['params'];
    return [{ memory, path: prompt.path }];
  });
}

describe('glassbox complete and what it remembers', () => {
  it('goes on like the file alone, or like nothing', async () => {
    const file = path.join(await project(), 'src/app.ts');
    expect(asked(await runWith(['complete', `${file}:1:11`], answers))).toEqual([{ memory: 'file', path: 'app.ts' }]);
    expect(asked(await runWith(['complete', '--no-memory', `${file}:1:11`], answers))).toEqual([
      { memory: 'off', path: 'app.ts' },
    ]);
  });

  it('sends the code below a folder first, and names the file as that is named', async () => {
    const folder = await project();
    const run = await runWith(['complete', '--remember', folder, `${path.join(folder, 'src/app.ts')}:1:11`], answers);
    expect(run).toMatchObject({ exitCode: 0, output: '1;\n' });
    expect(asked(run)).toEqual([
      {
        folder: sampleModel.folder,
        files: [
          { path: 'build.sh', text: 'code\n' },
          { path: 'src/app.ts', text: 'const a = \n' },
          { path: 'src/store.ts', text: 'export const store = 1;\nexport const other = 2;\n' },
        ],
      },
      { memory: 'workspace', path: 'src/app.ts' },
    ]);
  });

  it('does so once for all tasks of a batch', async () => {
    const task = { id: 1, language: 'typescript', path: 'src/app.ts', prefix: 'const a = ', suffix: '\n' };
    const input = `${JSON.stringify(task)}\n${JSON.stringify({ ...task, id: 2, prefix: 'const b = ' })}\n`;
    const run = await runWith(['complete', '--remember', await project(), '--batch', '-'], answers, { input });
    expect(asked(run).slice(1)).toEqual([
      { memory: 'workspace', path: 'src/app.ts' },
      { memory: 'workspace', path: 'src/app.ts' },
    ]);
  });

  it.each([
    [['--remember', '.', '--no-memory'], 'either --remember FOLDER or --no-memory'],
    [['--remember', '/nonexistent/folder'], '/nonexistent/folder'],
  ])('refuses %j', async (options, message) => {
    const file = path.join(await project(), 'src/app.ts');
    const { exitCode, errors } = await runWith(['complete', ...options, `${file}:1:11`], answers);
    expect({ exitCode, errors }).toEqual({ exitCode: 2, errors: expect.stringContaining(message) as string });
  });
});
