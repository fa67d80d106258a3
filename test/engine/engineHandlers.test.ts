import { rm } from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { bundledModel, copyOfModel, editCard, fixtureModel, fixtureModels, noAbort } from './modelFixtures.js';
import { systemClock } from '../../src/core/clock.js';
import { createEngineHandlers } from '../../src/engine/engineHandlers.js';
import { NativeOnnxRuntime } from '../../src/engine/onnx/nativeOnnxRuntime.js';
import { createTokenizerHandlers } from '../../src/engine/tokenizers/tokenizerHandlers.js';
import type { OnnxRuntime } from '../../src/engine/onnx/onnxRuntime.js';
import { generationParams } from '../support/generationParams.js';
import { settledError } from '../support/settledError.js';
import { silentLog } from '../support/silentLog.js';

const context = { signal: noAbort, report: (): void => undefined };
const tiny = fixtureModel('tiny-fp32');

/** The real runtime, counting what is open. */
class CountingRuntime implements OnnxRuntime {
  readonly #native = new NativeOnnxRuntime();
  readonly version = this.#native.version;
  created = 0;
  released = 0;

  async createSession(
    ...parameters: Parameters<OnnxRuntime['createSession']>
  ): ReturnType<OnnxRuntime['createSession']> {
    const session = await this.#native.createSession(...parameters);
    this.created++;
    return {
      run: (feeds, outputs) => session.run(feeds, outputs),
      release: async () => {
        this.released++;
        await session.release();
      },
    };
  }
}

function handlersWith(runtime: OnnxRuntime = new NativeOnnxRuntime()): ReturnType<typeof createEngineHandlers> {
  const tokenizers = { handlers: createTokenizerHandlers(), dispose: async () => undefined };
  const handlers = createEngineHandlers({ log: silentLog, clock: systemClock(globalThis), tokenizers, runtime });
  onTestFinished(() => handlers.dispose());
  return handlers;
}

describe('models/scan', () => {
  it('lists the models below a root, and a root that is a model', async () => {
    const roots = [
      { path: bundledModel, source: 'bundled' as const },
      { path: fixtureModels, source: 'folder' as const },
    ];
    const models = await handlersWith()['models/scan']({ roots }, context);
    expect(models.map(({ folder, source }) => [path.basename(folder), source])).toEqual([
      ['code', 'bundled'],
      ['tiny-encoder', 'folder'],
      ['tiny-fp32', 'folder'],
      ['tiny-gqa-fused-q4', 'folder'],
      ['tiny-int8', 'folder'],
      ['tiny-mha-no-position-ids', 'folder'],
      ['unknown-operator', 'folder'],
    ]);
    expect(models.every(({ problem, cardHash }) => problem === undefined && cardHash.length === 64)).toBe(true);
  });

  it('lists a broken model with its problem beside the others', async () => {
    const broken = await copyOfModel('tiny-fp32');
    await editCard(broken, (card) => ({ ...card, contextLength: 'long' }));
    const roots = [broken, tiny].map((folder) => ({ path: folder, source: 'folder' as const }));
    const models = await handlersWith()['models/scan']({ roots }, context);
    expect(models).toMatchObject([
      { problem: { code: 'model-card-invalid', message: expect.stringContaining('"contextLength"') as string } },
      { id: 'tiny-fp32', problem: undefined },
    ]);
  });

  it('says that a named folder holds no model', async () => {
    const roots = [{ path: path.join(fixtureModels, 'nothing-here'), source: 'folder' as const }];
    const models = await handlersWith()['models/scan']({ roots }, context);
    expect(models).toMatchObject([{ id: 'nothing-here', problem: { code: 'model-not-found' } }]);
  });

  it('lists a folder once that two roots reach', async () => {
    const roots = [tiny, fixtureModels, tiny].map((folder) => ({ path: folder, source: 'folder' as const }));
    const models = await handlersWith()['models/scan']({ roots }, context);
    expect(models.filter(({ folder }) => folder === tiny)).toHaveLength(1);
  });
});

describe('models/load', () => {
  it('loads once for requests that come together, and answers at once afterwards', async () => {
    const runtime = new CountingRuntime();
    const handlers = handlersWith(runtime);
    await Promise.all([1, 2, 3].map(() => handlers['models/load']({ folder: tiny }, context)));
    await handlers['models/load']({ folder: `${tiny}/` }, context);
    expect(runtime.created).toBe(1);
  });

  it('goes on for the others when one request is cancelled', async () => {
    const handlers = handlersWith();
    const cancellation = new AbortController();
    const cancelled = settledError(
      handlers['models/load']({ folder: tiny }, { ...context, signal: cancellation.signal }),
    );
    const other = handlers['models/load']({ folder: tiny }, context);
    cancellation.abort();
    expect((await cancelled).code).toBe('cancelled');
    expect((await other).id).toBe('tiny-fp32');
  });

  it('names the operator that ONNX Runtime does not know', async () => {
    const error = await settledError(
      handlersWith()['models/load']({ folder: fixtureModel('unknown-operator') }, context),
    );
    expect(error.code).toBe('model-unsupported');
    expect(error.message).toContain('"example.unknown:Frobnicate"');
    expect(error.action).toBeDefined();
  });

  it('can be tried again after a failure', async () => {
    const folder = await copyOfModel('tiny-fp32');
    const handlers = handlersWith();
    await editCard(folder, (card) => ({ ...card, license: '' }));
    expect((await settledError(handlers['models/load']({ folder }, context))).code).toBe('model-card-invalid');
    await editCard(folder, (card) => ({ ...card, license: 'MIT' }));
    expect((await handlers['models/load']({ folder }, context)).license).toBe('MIT');
  });

  it('reports a folder that is gone', async () => {
    const folder = await copyOfModel('tiny-fp32');
    await rm(folder, { recursive: true });
    expect((await settledError(handlersWith()['models/load']({ folder }, context))).code).toBe('model-not-found');
  });
});

describe('models/unload', () => {
  it('releases the session and forgets the model; unknown folders are no error', async () => {
    const runtime = new CountingRuntime();
    const handlers = handlersWith(runtime);
    await handlers['models/load']({ folder: tiny }, context);
    await handlers['models/unload']({ folder: tiny }, context);
    await handlers['models/unload']({ folder: '/nowhere' }, context);
    expect(runtime.released).toBe(1);
    expect((await handlers['engine/state']({}, context)).models).toEqual([]);
    await handlers['models/load']({ folder: tiny }, context);
    expect(runtime.created).toBe(2);
  });

  it('releases a model that is still loading', async () => {
    const runtime = new CountingRuntime();
    const handlers = handlersWith(runtime);
    const loading = handlers['models/load']({ folder: tiny }, context);
    await handlers['models/unload']({ folder: tiny }, context);
    await loading;
    expect(runtime.released).toBe(1);
    expect((await handlers['engine/state']({}, context)).models).toEqual([]);
  });
});

describe('completion/generate', () => {
  it('says so when the card promises a longer context than the model has, and goes on with shorter prompts', async () => {
    const folder = await copyOfModel('tiny-fp32');
    await editCard(folder, (card) => ({ ...card, contextLength: 256 }));
    const handlers = handlersWith();
    const long = generationParams(folder, 'let x = 1; '.repeat(12), 3);
    const error = await settledError(handlers['completion/generate'](long, context));
    expect(error.code).toBe('model-unsupported');
    expect(error.action).toContain('contextLength');
    const short = await handlers['completion/generate'](generationParams(folder, 'let x', 3), context);
    expect(short.tokens.length).toBeGreaterThan(0);
  });

  it('takes a line of 1 MB', async () => {
    const params = generationParams(tiny, 'let x = 1; '.repeat(95_000), 3);
    const result = await handlersWith()['completion/generate'](params, context);
    expect(result.promptTokenCount).toBeLessThan(64);
  });
});

describe('engine/state', () => {
  it('says what is loaded and how much is cached', async () => {
    const handlers = handlersWith();
    const result = await handlers['completion/generate'](generationParams(tiny, 'let x', 3), context);
    const state = await handlers['engine/state']({}, context);
    expect(state).toMatchObject({
      pid: process.pid,
      onnxRuntimeVersion: '1.30.0',
      models: [{ id: 'tiny-fp32', folder: tiny }],
    });
    expect(state.models[0]?.cachedTokenCount).toBeGreaterThanOrEqual(result.promptTokenCount);
    expect(state.residentBytes).toBeGreaterThan(1_000_000);
    expect(result.timings.loadMs).toBeGreaterThan(0);
  });
});

describe('tokens', () => {
  it('encodes with places and scores the same tokens', async () => {
    const handlers = handlersWith();
    const text = 'a = "한글🙂"\r\n<|endoftext|>';
    const spans = await handlers['tokens/encode']({ folder: tiny, text }, context);
    const { tokens } = await handlers['scores/score']({ folder: tiny, text, topCount: 0 }, context);
    expect(spans.map((span) => span.text).join('')).toBe(text);
    expect([...tokens.ids]).toEqual(spans.map(({ id }) => id));
    expect([...tokens.starts]).toEqual(spans.map(({ start }) => start));
    expect([...tokens.ends]).toEqual(spans.map(({ end }) => end));
    expect([...tokens.byteEnds]).toEqual(spans.map(({ byteEnd }) => byteEnd));
  });
});
