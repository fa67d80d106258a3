import { cp, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { systemClock } from '../../../src/core/clock.js';
import { createEngineHandlers } from '../../../src/engine/engineHandlers.js';
import { createTokenizerHandlers } from '../../../src/engine/tokenizers/tokenizerHandlers.js';
import type { CompareProgress } from '../../../src/protocol/scoresContract.js';
import { settledError } from '../../support/settledError.js';
import { silentLog } from '../../support/silentLog.js';
import {
  bundledModel,
  copyOfModel,
  decoderOf,
  editCard,
  fixtureModel,
  noAbort,
  replaceFile,
} from '../modelFixtures.js';

const text = 'const 한글 = "🙂";\nfunction add(a, b) {\n  return a + b;\n}\n'.repeat(4);
const context = { signal: noAbort, report: (): void => undefined };
const base = { text, topCount: 2 };

function handlers(): ReturnType<typeof createEngineHandlers> {
  const tokenizers = { handlers: createTokenizerHandlers(), dispose: async () => undefined };
  const created = createEngineHandlers({ log: silentLog, clock: systemClock(globalThis), tokenizers });
  onTestFinished(() => created.dispose());
  return created;
}

/** A folder with the float32 graph as its default and the int8 graph beside it, both in the card. */
async function twoPrecisions(): Promise<string> {
  const folder = await copyOfModel('tiny-fp32');
  const int8 = await readFile(path.join(fixtureModel('tiny-int8'), 'onnx/model_quantized.onnx'));
  await replaceFile(folder, 'onnx/model_quantized.onnx', int8);
  return folder;
}

/** The bundled model in another folder, which makes it another model. */
async function anotherBundledModel(): Promise<string> {
  const folder = await mkdtemp(path.join(tmpdir(), 'glassbox-model-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  await cp(bundledModel, folder, { recursive: true });
  return folder;
}

describe('comparing two precisions of one model', () => {
  it('gives both scores, their difference, and how far the distributions are apart', async () => {
    const folder = await twoPrecisions();
    const engine = handlers();
    const reported: CompareProgress[] = [];
    const other = { folder, graph: 'onnx/model_quantized.onnx' };
    const comparison = await engine['scores/compare'](
      { folder, other, ...base },
      { ...context, report: (progress) => reported.push(progress) },
    );
    const own = await engine['scores/score']({ folder, ...base }, context);
    const quantized = await engine['scores/score']({ ...other, ...base }, context);
    expect(comparison.own).toMatchObject({ tokens: own.tokens, totals: own.totals });
    expect(comparison.other.tokens).toEqual(quantized.tokens);
    const { spans } = comparison;
    expect(spans.logProbs).toEqual(own.tokens.logProbs);
    expect(spans.otherLogProbs).toEqual(quantized.tokens.logProbs);
    expect(spans.starts).toEqual(own.tokens.starts);
    expect(spans.divergences!.every((divergence) => divergence >= -1e-6 && divergence < 10)).toBe(true);
    expect(spans.divergences!.some((divergence) => divergence > 1e-6)).toBe(true);
    expect(reported.at(-1)).toEqual({ completed: own.tokens.ids.length, total: own.tokens.ids.length });
  });

  it('computes the divergence that its definition gives', async () => {
    const folder = await twoPrecisions();
    const { own, spans } = await handlers()['scores/compare'](
      { folder, other: { folder: fixtureModel('tiny-mha-no-position-ids') }, ...base, text: 'let a = 1;\n' },
      context,
    );
    const decoders = [await decoderOf(folder), await decoderOf(fixtureModel('tiny-mha-no-position-ids'))] as const;
    const { specialTokens } = JSON.parse(await readFile(path.join(folder, 'glassbox.json'), 'utf8')) as {
      specialTokens: { endOfText: string };
    };
    expect(specialTokens.endOfText).toBe('<|endoftext|>');
    let rows = [(await decoders[0].prefill([0], noAbort)).logProbs, (await decoders[1].prefill([0], noAbort)).logProbs];
    for (const [index, id] of own.tokens.ids.entries()) {
      const expected = rows[0]!.reduce((sum, p, token) => sum + Math.exp(p) * (p - rows[1]![token]!), 0);
      expect(spans.divergences![index]).toBeCloseTo(expected, 3);
      rows = [await decoders[0].step(id, noAbort), await decoders[1].step(id, noAbort)];
    }
  });

  it('covers nothing but what is looked at when nothing else is asked for', async () => {
    const folder = await twoPrecisions();
    const other = { folder, graph: 'onnx/model_quantized.onnx' };
    const priority = { start: 0, end: 10 };
    const part = await handlers()['scores/compare']({ folder, other, ...base, priority, extent: 'priority' }, context);
    expect(part.own.windows.length).toBeGreaterThan(1);
    expect(part.spans.starts[0]).toBe(0);
    expect(part.spans.ends.at(-1)).toBeLessThan(text.length);
  });
});

describe('comparing again after an edit', () => {
  /** A file of functions that differ, as code does. */
  const code = Array.from(
    { length: 60 },
    (_, index) => `function f${index}(a) {\n  return a * ${index * 7};\n}\n`,
  ).join('');
  const graphs = async () => {
    const folder = await twoPrecisions();
    return [folder, { folder, graph: 'onnx/model_quantized.onnx' }] as const;
  };
  const edits = [(old: string) => `${old}let end = 1;\n`, (old: string) => old.replace('f30(a', 'f30(b'), () => code];

  it.each(['tiny-fp32', 'bundled'])('gives bit by bit what comparing anew gives, and reads less: %s', async (name) => {
    const [folder, other] =
      name === 'bundled' ? [bundledModel, { folder: await anotherBundledModel() }] : await graphs();
    const compare = (engine: ReturnType<typeof handlers>, compared: string) =>
      engine['scores/compare']({ folder, other, topCount: 2, text: compared }, context);
    const engine = handlers();
    const first = await compare(engine, code);
    let current = code;
    for (const edit of edits) {
      current = edit(current);
      const again = await compare(engine, current);
      const anew = await compare(handlers(), current);

      expect(again.spans).toEqual(anew.spans);
      expect(again.own).toMatchObject({ tokens: anew.own.tokens, totals: anew.own.totals });
      expect(again.other.tokens).toEqual(anew.other.tokens);
      expect(again.own.work.knownTokenCount).toBeGreaterThan(0);
      for (const side of ['own', 'other'] as const) {
        expect(again[side].work.readTokenCount).toBeLessThan(first[side].work.readTokenCount);
      }
    }
  });
});

describe('comparing models that divide text differently', () => {
  it('sums up where tokens of both end', async () => {
    const engine = handlers();
    const params = { folder: fixtureModel('tiny-fp32'), other: { folder: bundledModel }, ...base };
    const { own, other, spans } = await engine['scores/compare'](params, context);
    const sum = (values: Float32Array): number => values.reduce((total, value) => total + value, 0);
    expect(spans.divergences).toBeUndefined();
    expect(spans.starts.length).toBeLessThan(Math.max(own.tokens.ids.length, other.tokens.ids.length));
    expect(sum(spans.logProbs)).toBeCloseTo(own.totals.logProb, 1);
    expect(sum(spans.otherLogProbs)).toBeCloseTo(other.totals.logProb, 1);
    expect(spans.byteEnds.at(-1)).toBe(Buffer.byteLength(text));
    for (const end of spans.byteEnds) {
      expect(own.tokens.byteEnds.includes(end) && other.tokens.byteEnds.includes(end)).toBe(true);
    }
  });
});

describe('a comparison that cannot be made', () => {
  it.each([{}, { graph: 'onnx/model.onnx' }])('says that a model is not compared with itself: %j', async (named) => {
    const folder = fixtureModel('tiny-fp32');
    const params = { folder, other: { folder, ...named }, ...base };
    const error = await settledError(handlers()['scores/compare'](params, context));
    expect(error.code).toBe('bad-request');
  });

  it('frees every graph of a model that is unloaded', async () => {
    const folder = await twoPrecisions();
    const engine = handlers();
    await engine['scores/compare']({ folder, other: { folder, graph: 'onnx/model_quantized.onnx' }, ...base }, context);
    expect((await engine['engine/state']({}, context)).models).toHaveLength(2);
    await engine['models/unload']({ folder }, context);
    expect((await engine['engine/state']({}, context)).models).toEqual([]);
  });

  it('names the graphs that the card lists', async () => {
    const folder = await twoPrecisions();
    const params = { folder, graph: 'onnx/model_q4.onnx', ...base };
    const error = await settledError(handlers()['scores/score'](params, context));
    expect(error.code).toBe('model-file-missing');
    expect(error.action).toBe('It lists onnx/model.onnx, onnx/model_quantized.onnx.');
  });

  it('refuses a second graph that is not as its hash says', async () => {
    const folder = await twoPrecisions();
    await editCard(folder, (card) => ({
      ...card,
      files: card.files.map((file) =>
        file.path === 'onnx/model_quantized.onnx' ? { ...file, sha256: 'ab'.repeat(32) } : file,
      ),
    }));
    const params = { folder, graph: 'onnx/model_quantized.onnx', ...base };
    expect((await settledError(handlers()['scores/score'](params, context))).code).toBe('model-hash-mismatch');
  });
});
