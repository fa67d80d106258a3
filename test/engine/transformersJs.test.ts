import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { AutoModelForCausalLM, AutoTokenizer, env, Tensor } from '@xenova/transformers';
import { describe, expect, it } from 'vitest';
import { bundledModel, checkedModel, decoderOf, decoderVariants, fixtureModel, noAbort } from './modelFixtures.js';
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

/** Greedy generation by transformers.js from the same folder. */
async function peerGeneration(folder: string): Promise<Peer> {
  env.localModelPath = path.dirname(folder);
  const card = JSON.parse(await readFile(path.join(folder, 'glassbox.json'), 'utf8')) as { onnx: { default: string } };
  const name = path.basename(folder);
  const tokenizer = await AutoTokenizer.from_pretrained(name);
  const model = await AutoModelForCausalLM.from_pretrained(name, {
    dtype: precisionOf[path.basename(card.onnx.default)] ?? 'fp32',
    session_options: { intraOpNumThreads: 1, logSeverityLevel: 3 },
  });
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
