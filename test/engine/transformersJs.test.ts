import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { AutoModelForCausalLM, AutoTokenizer, env, type PreTrainedModel, Tensor } from '@xenova/transformers';
import { describe, expect, it } from 'vitest';
import {
  bundledModel,
  checkedModel,
  decoderOf,
  decoderVariants,
  fixtureModel,
  loadedModel,
  noAbort,
} from './modelFixtures.js';
import type { DecoderSession } from '../../src/engine/decoding/decoderSession.js';

env.allowRemoteModels = false;
env.allowLocalModels = true;

const newTokens = 12;
const text = 'export function sum(values: number[]): number {\n  let total = 0;\n  for (const value of values) ';

/** transformers.js names a precision, and looks for the file with its suffix. */
const precisionOf: Readonly<Record<string, 'fp32' | 'q4' | 'q8'>> = {
  'model.onnx': 'fp32',
  'model_q4.onnx': 'q4',
  'model_quantized.onnx': 'q8',
};

interface Peer {
  readonly promptIds: number[];
  readonly generatedIds: number[];
}

/** The model of a folder in transformers.js; to be disposed of. */
async function loadPeer(folder: string): Promise<PreTrainedModel> {
  env.localModelPath = path.dirname(folder);
  const card = JSON.parse(await readFile(path.join(folder, 'glassbox.json'), 'utf8')) as { onnx: { default: string } };
  return AutoModelForCausalLM.from_pretrained(path.basename(folder), {
    dtype: precisionOf[path.basename(card.onnx.default)] ?? 'fp32',
    session_options: { intraOpNumThreads: 1, logSeverityLevel: 3 },
  });
}

/** Greedy generation by transformers.js from the same folder. */
async function peerGeneration(folder: string): Promise<Peer> {
  const model = await loadPeer(folder);
  const tokenizer = await AutoTokenizer.from_pretrained(path.basename(folder));
  try {
    const promptIds = tokenizer.encode(text, { add_special_tokens: false }).slice(0, 40);
    const inputIds = new Tensor('int64', BigInt64Array.from(promptIds, BigInt), [1, promptIds.length]);
    const attentionMask = new Tensor('int64', new BigInt64Array(promptIds.length).fill(1n), [1, promptIds.length]);
    const output = await model.generate({
      input_ids: inputIds,
      attention_mask: attentionMask,
      max_new_tokens: newTokens,
      do_sample: false,
    });
    const ids = Array.from((output as Tensor).data as BigInt64Array, Number);
    return { promptIds, generatedIds: ids.slice(promptIds.length) };
  } finally {
    await model.dispose();
  }
}

async function ownGeneration(decoder: DecoderSession, promptIds: readonly number[], count: number): Promise<number[]> {
  const ids: number[] = [];
  let { logProbs } = await decoder.prefill(promptIds, noAbort);
  while (ids.length < count) {
    const next = logProbs.indexOf(Math.max(...logProbs));
    ids.push(next);
    if (ids.length < count) logProbs = await decoder.step(next, noAbort);
  }
  return ids;
}

describe.each([bundledModel, ...decoderVariants.map(fixtureModel)])('plain transformers.js on %s', (folder) => {
  it('loads the folder, makes the same tokens of a text and continues it with the same tokens', async () => {
    const peer = await peerGeneration(folder);
    const { tokenizer } = await checkedModel(folder);
    const own = await ownGeneration(await decoderOf(folder), peer.promptIds, peer.generatedIds.length);
    expect(tokenizer.encode(text).slice(0, 40)).toEqual(peer.promptIds);
    expect(peer.generatedIds.length).toBeGreaterThan(0);
    expect(own).toEqual(peer.generatedIds);
  });
});

/** transformers.js's log-probabilities after each of the tokens. */
async function peerLogProbs(folder: string, ids: readonly number[]): Promise<readonly Float64Array[]> {
  const model = await loadPeer(folder);
  try {
    const output = (await model({
      input_ids: new Tensor('int64', BigInt64Array.from(ids, BigInt), [1, ids.length]),
      attention_mask: new Tensor('int64', new BigInt64Array(ids.length).fill(1n), [1, ids.length]),
    })) as { logits: Tensor };
    const logits = output.logits.data as Float32Array;
    const size = output.logits.dims.at(-1)!;
    return ids.map((_, row) => logSoftmax(logits.subarray(row * size, (row + 1) * size)));
  } finally {
    await model.dispose();
  }
}

function logSoftmax(logits: Float32Array): Float64Array {
  const maximum = logits.reduce((largest, value) => Math.max(largest, value));
  const sum = logits.reduce((total, value) => total + Math.exp(value - maximum), 0);
  return Float64Array.from(logits, (value) => value - maximum - Math.log(sum));
}

/**
 * Models with the largest difference of a log-probability from transformers.js, which is that of rounding: for float32,
 * and for int8 with a scale per position (bundled). With one scale per run it depends on what else is in the run, so
 * tiny-int8 is left out.
 */
const scoreTolerances: readonly (readonly [string, number])[] = [
  [bundledModel, 0.02],
  [fixtureModel('tiny-fp32'), 1e-4],
  [fixtureModel('tiny-mha-no-position-ids'), 1e-4],
  [fixtureModel('tiny-gqa-fused-q4'), 1e-4],
];

describe.each(scoreTolerances)('scores beside transformers.js on %s', (folder, tolerance) => {
  it('are the log-softmax of its logits: log-probability, rank, entropy and likeliest tokens', async () => {
    const { tokenizer, promptTokens } = await checkedModel(folder);
    const scored = text.slice(0, 60);
    const ids = tokenizer.encode(scored);
    const rows = await peerLogProbs(folder, [promptTokens.endOfText, ...ids]);
    const { analyst } = await loadedModel(folder);
    const turn = { signal: noAbort, giveWay: (): Promise<void> => Promise.resolve() };
    const { tokens, totals, windows } = await analyst.score({ text: scored, topCount: 5 }, () => undefined, turn);
    expect(Array.from(tokens.ids)).toEqual(ids);
    expect(windows).toHaveLength(1);
    for (const [index, id] of ids.entries()) {
      const row = rows[index]!;
      const likelier = (than: number): number => row.filter((other) => other > than).length;
      const entropy = -row.reduce((sum, logProb) => sum + logProb * Math.exp(logProb), 0);
      expect(Math.abs(tokens.logProbs[index]! - row[id]!)).toBeLessThan(tolerance);
      expect(Math.abs(tokens.entropies[index]! - entropy)).toBeLessThan(tolerance);
      // Tokens closer to each other than the tolerance may change places.
      expect(tokens.ranks[index]! - 1).toBeLessThanOrEqual(likelier(row[id]! - 2 * tolerance));
      expect(tokens.ranks[index]! - 1).toBeGreaterThanOrEqual(likelier(row[id]! + 2 * tolerance));
      for (let place = 0; place < 5; place++) {
        const [topId, logProb] = [tokens.topIds[index * 5 + place]!, tokens.topLogProbs[index * 5 + place]!];
        expect(Math.abs(logProb - row[topId]!)).toBeLessThan(tolerance);
        expect(likelier(row[topId]! + 2 * tolerance)).toBeLessThanOrEqual(place);
      }
    }
    const nats = -ids.reduce((sum, id, index) => sum + rows[index]![id]!, 0);
    expect(Math.abs(totals.bitsPerByte - nats / Math.LN2 / Buffer.byteLength(scored))).toBeLessThan(tolerance);
  });
});
