import path from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { systemClock } from '../../../src/core/clock.js';
import type { GenerationRequest } from '../../../src/core/completion/generation.js';
import { greedy } from '../../../src/core/sampling/samplingOptions.js';
import type { CodeFile, CodeSource } from '../../../src/host/memory/codeSource.js';
import { WorkspaceMemoryFeed } from '../../../src/host/memory/workspaceMemoryFeed.js';
import type { EngineStatus } from '../../../src/supervisor/engineStatus.js';
import { forkedEngine } from '../../../src/supervisor/forkedEngine.js';
import { Supervisor } from '../../../src/supervisor/supervisor.js';
import { builtEngine } from '../../support/engineProcess.js';
import { ManualClock } from '../../support/manualClock.js';
import { silentLog } from '../../support/silentLog.js';

const folder = path.resolve(import.meta.dirname, '../../../models/code');

/** Files in memory. */
class KeptFiles implements CodeSource {
  readonly texts = new Map<string, string>();
  readCount = 0;

  constructor(texts: Readonly<Record<string, string>>) {
    for (const [name, text] of Object.entries(texts)) this.texts.set(name, text);
  }

  async list(): Promise<readonly CodeFile[]> {
    return [...this.texts.keys()].map((key) => this.file(key));
  }

  file(key: string): CodeFile {
    return {
      key,
      path: key,
      isOpen: false,
      measure: async () => this.texts.get(key)?.length,
      read: async () => {
        this.readCount++;
        return this.texts.get(key);
      },
    };
  }
}

/** An engine that ships, a feed, and a file `src/main.ts` that is written in. */
function fixture(texts: Readonly<Record<string, string>>) {
  const clock = systemClock(globalThis);
  const engine = new Supervisor({
    launch: forkedEngine({ entry: builtEngine(), clock, log: silentLog }),
    clock,
    log: silentLog,
  });
  const source = new KeptFiles(texts);
  const time = new ManualClock();
  const lines: string[] = [];
  const log = {
    ...silentLog,
    info: (line: string) => void lines.push(line),
    warn: (line: string) => void lines.push(line),
  };
  const told = { count: 0 };
  const onRemembered = (): void => {
    told.count++;
  };
  const engineStatus = (): EngineStatus => engine.status;
  const feed = new WorkspaceMemoryFeed({ engine, engineStatus, source, clock: time, log, onRemembered });
  onTestFinished(async () => {
    feed.dispose();
    await engine.dispose();
  });
  const write = async (currentLine: string, memory: GenerationRequest['memory'] = 'workspace'): Promise<string> => {
    const request: GenerationRequest = {
      prompt: {
        path: 'src/main.ts',
        languageId: 'typescript',
        chunks: [],
        prefix: "import { store } from './store.js';\n\n",
        prefixStartLine: 0,
        currentLine,
        suffix: '\n',
      },
      sampling: greedy,
      stop: { maxNewTokens: 48, singleLine: true, maxLines: 1, stopStrings: [], deadlineMs: 60_000 },
      tokenHealing: true,
      memory,
      alternativeCount: 0,
    };
    const { text } = await engine.call('completion/generate', { folder, ...request });
    feed.answered({ folder, request });
    await feed.settled();
    return text;
  };
  const remembered = async (): Promise<number> =>
    (await engine.call('engine/state', {})).models.find((model) => model.folder === folder)?.rememberedTokenCount ?? 0;
  return { engine, source, time, feed, lines, write, remembered, told };
}

const distinctive = 'const quorumLedger = reconcileZephyrQuorum(store.openLedgers(), { tolerance: 17 });\n';
const store = `export const before = 1;\n${distinctive}export const after = 2;\n`;

describe('the code of the workspace in the engine that ships', () => {
  it('is gone on like after the first answer, and not before', async () => {
    const { source, lines, write } = fixture({ 'src/store.ts': store, 'src/main.ts': 'const mine = 1;\n' });
    expect(source.readCount).toBe(0);
    expect(await write('const quorumLedger = recon')).not.toContain('cileZephyrQuorum');
    expect(await write('const quorumLedger = recon')).toBe('cileZephyrQuorum(store.openLedgers(), { tolerance: 17 });');
    expect(source.readCount).toBe(2);
    expect(lines).toEqual([expect.stringMatching(/^memory: 2 files, \d+ tokens after \d+ ms$/)]);
  });

  it('is told of when it was sent, and not when nothing had to be', async () => {
    const { told, write } = fixture({ 'src/store.ts': store });
    await write('const quorumLedger = recon');
    expect(told.count).toBe(1);
    await write('const quorumLedger = recon');
    expect(told.count).toBe(1);
  });

  it('is not read when the model is asked without it', async () => {
    const { source, write, remembered } = fixture({ 'src/store.ts': store });
    await write('const quorumLedger = recon', 'file');
    expect([source.readCount, await remembered()]).toEqual([0, 0]);
  });

  it('follows what changes, comes and goes', async () => {
    const { source, feed, time, write, remembered } = fixture({
      'src/store.ts': store,
      'lib/other.ts': 'export {};\n',
    });
    await write('');
    const before = await remembered();

    source.texts.set('src/store.ts', store.replace('store.openLedgers()', 'archive.frozenSheets'));
    feed.fileChanged('src/store.ts');
    await time.advance(1_000);
    await feed.settled();
    const changed = await write('const quorumLedger = reconcileZephyrQuorum(');
    expect(changed).toBe('archive.frozenSheets, { tolerance: 17 });');

    source.texts.set('src/added.ts', 'const harbourIndex = buildLanternAtlas(7, "tide");\n');
    source.texts.delete('src/store.ts');
    feed.listChanged();
    await time.advance(5_000);
    await feed.settled();
    expect(await write('const harbourIndex = buildLan')).toBe('ternAtlas(7, "tide");');
    expect(await remembered()).toBeLessThan(before);
  });

  it('is forgotten when nothing is to be remembered any more', async () => {
    const { source, feed, write, remembered } = fixture({ 'src/store.ts': store });
    await write('');
    expect(await remembered()).toBeGreaterThan(0);
    source.texts.clear();
    feed.settingsChanged();
    await feed.settled();
    expect(await remembered()).toBe(0);
  });

  it('is sent again when the model was loaded anew', async () => {
    const { engine, write, remembered } = fixture({ 'src/store.ts': store });
    await write('');
    const before = await remembered();
    await engine.call('models/unload', { folder });
    await write('');
    await write('');
    expect(await remembered()).toBe(before);
  });

  it('is sent to another engine after its first answer, and starts none', async () => {
    const { engine, source, feed, time, write, remembered } = fixture({ 'src/store.ts': store });
    await write('');
    const before = await remembered();
    await engine.restart();
    source.texts.set('src/store.ts', `${store}\n`);
    feed.fileChanged('src/store.ts');
    feed.listChanged();
    await time.advance(5_000);
    await feed.settled();
    expect((await engine.call('engine/state', {})).models).toEqual([]);
    await write('');
    expect(await remembered()).toBeGreaterThanOrEqual(before);
  });

  it('says once why it cannot be sent, and goes on after the next answer', async () => {
    const { source, feed, lines, write, remembered } = fixture({ 'src/store.ts': store });
    const list = source.list.bind(source);
    source.list = () => Promise.reject(new Error('no list'));
    await write('');
    await write('');
    expect(lines).toEqual(['memory: internal, no list']);
    source.list = list;
    feed.settingsChanged();
    await feed.settled();
    expect(await remembered()).toBe(0);
    await write('');
    expect(await remembered()).toBeGreaterThan(0);
  });
});
