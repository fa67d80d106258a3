import { beforeEach, describe, expect, it } from 'vitest';
import { GlassboxError } from '../../../src/core/errors.js';
import { ActiveModelEngine } from '../../../src/host/models/activeModelEngine.js';
import { ModelCatalog } from '../../../src/host/models/modelCatalog.js';
import { silentLog } from '../../support/silentLog.js';
import { settledError } from '../../support/settledError.js';
import { AnsweringEngine, damaged, model } from './scannedModels.js';

const bundled = model('code', { source: 'bundled' });
const mine = model('mine');
const prompt = {
  path: '',
  languageId: 'python',
  chunks: [],
  prefix: '',
  prefixStartLine: 0,
  currentLine: '',
  suffix: '',
};
const { signal } = new AbortController();

let engine: AnsweringEngine;
let wanted: string;
let changes: number;
let catalog: ModelCatalog;

beforeEach(() => {
  engine = new AnsweringEngine();
  engine.answers = { 'models/scan': () => [bundled, mine], 'models/unload': () => null };
  wanted = '';
  changes = 0;
  catalog = new ModelCatalog({
    engine,
    log: silentLog,
    roots: () => [{ path: '/models', source: 'bundled' }],
    wanted: () => wanted,
    onDidChange: () => changes++,
  });
});

describe('ModelCatalog', () => {
  it('does not ask the engine until somebody needs a model', () => {
    catalog.choose();
    catalog.refresh();

    expect(engine.asked).toEqual([]);
    expect(catalog.choice).toBeUndefined();
  });

  it('looks once for all who ask at the same time', async () => {
    const choices = await Promise.all([catalog.ready(), catalog.ready()]);

    expect(choices.map(({ active }) => active?.id)).toEqual(['code', 'code']);
    expect(engine.count('models/scan')).toBe(1);
  });

  it('looks again after a look that failed', async () => {
    engine.answers['models/scan'] = () => Promise.reject(new GlassboxError('engine-crashed', 'gone'));
    expect((await settledError(catalog.ready())).code).toBe('engine-crashed');
    engine.answers['models/scan'] = () => [bundled];

    expect((await catalog.ready()).active?.id).toBe('code');
  });

  it('answers from the newer look when it was refreshed during one', async () => {
    let finishFirst = (): void => undefined;
    engine.answers['models/scan'] = () =>
      new Promise((resolve) => {
        finishFirst = () => resolve([mine]);
      });
    const early = catalog.ready();
    engine.answers['models/scan'] = () => [bundled, mine];
    catalog.refresh();
    finishFirst();

    expect((await early).active?.id).toBe('code');
    expect(catalog.known).toHaveLength(2);
  });

  it('applies a changed choice at once, without asking again', async () => {
    await catalog.ready();
    wanted = 'mine';
    catalog.choose();

    expect(catalog.choice?.active?.id).toBe('mine');
    expect(engine.count('models/scan')).toBe(1);
    expect(changes).toBe(2);
  });

  it('falls back to the bundled model when the chosen one fails, and gives it another chance after a refresh', async () => {
    wanted = 'mine';
    await catalog.ready();
    catalog.reportFault(mine.folder, new GlassboxError('model-load-failed', 'no'));
    expect(catalog.choice).toMatchObject({
      active: { id: 'code' },
      broken: { problem: { code: 'model-load-failed' } },
    });

    catalog.refresh();

    expect((await catalog.ready()).active?.id).toBe('mine');
  });
});

describe('ActiveModelEngine', () => {
  it('asks the model that is active now, and lets go of the one before', async () => {
    engine.answers['completion/prefill'] = () => ({ promptTokenCount: 1, reusedTokenCount: 0, prefillMs: 1 });
    const active = new ActiveModelEngine(engine, catalog, silentLog);
    await active.prefill(prompt, signal);
    wanted = 'mine';
    catalog.choose();
    await active.prefill(prompt, signal);

    expect(engine.asked.slice(1)).toEqual([
      { method: 'completion/prefill', params: { folder: bundled.folder, prompt } },
      { method: 'models/unload', params: { folder: bundled.folder } },
      { method: 'completion/prefill', params: { folder: mine.folder, prompt } },
    ]);
  });

  it('reports a fault of the model, so that the next request goes to another one', async () => {
    wanted = 'mine';
    engine.answers['completion/prefill'] = () => Promise.reject(new GlassboxError('model-quarantined', 'twice'));
    const active = new ActiveModelEngine(engine, catalog, silentLog);

    expect((await settledError(active.prefill(prompt, signal))).code).toBe('model-quarantined');
    expect(catalog.choice?.active?.id).toBe('code');
  });

  it('keeps the model when only the engine failed', async () => {
    wanted = 'mine';
    engine.answers['completion/prefill'] = () => Promise.reject(new GlassboxError('engine-crashed', 'gone'));
    const active = new ActiveModelEngine(engine, catalog, silentLog);

    expect((await settledError(active.prefill(prompt, signal))).code).toBe('engine-crashed');
    expect(catalog.choice?.active?.id).toBe('mine');
  });

  it('fails with a model error when there is none to ask', async () => {
    engine.answers['models/scan'] = () => [model('code', { source: 'bundled', problem: damaged })];

    const error = await settledError(new ActiveModelEngine(engine, catalog, silentLog).prefill(prompt, signal));

    expect(error.code).toBe('model-not-found');
  });
});
