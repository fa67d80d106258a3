import path from 'node:path';
import { AutoModelForCausalLM, env, Tensor, type PreTrainedModel } from '@xenova/transformers';
import type { LoadedPeer, PeerSetup } from './peerProtocol.js';
import { servePeer } from './servePeer.js';
import { timeGeneration } from './timeGeneration.js';

/** What `generate` takes; the package declares only part of it. */
type Generate = (options: {
  readonly inputs: Tensor;
  readonly max_new_tokens: number;
  readonly min_new_tokens: number;
  readonly do_sample: false;
  readonly streamer: { put(tokens: readonly (readonly bigint[])[]): void; end(): void };
}) => Promise<unknown>;

/** transformers.js as it is meant to be used, on the same ONNX file with as many threads. */
async function load({ model: folder, threadCount, onnxName }: PeerSetup): Promise<LoadedPeer> {
  env.allowRemoteModels = false;
  env.localModelPath = path.dirname(folder);
  const model: PreTrainedModel = await AutoModelForCausalLM.from_pretrained(path.basename(folder), {
    local_files_only: true,
    // With fp32 the file name is taken as it is; what it holds decides the precision.
    model_file_name: onnxName,
    dtype: 'fp32',
    session_options: { intraOpNumThreads: threadCount, interOpNumThreads: 1 },
  });
  const generate = model.generate.bind(model) as unknown as Generate;
  return {
    detail: env.version,
    async generate({ tokens, newTokens }) {
      const inputs = new Tensor('int64', BigInt64Array.from(tokens, BigInt), [1, tokens.length]);
      const times: number[] = [];
      const startMs = performance.now();
      // The streamer is shown the prompt first.
      const streamer = { put: () => times.push(performance.now()), end: () => undefined };
      await generate({ inputs, max_new_tokens: newTokens, min_new_tokens: newTokens, do_sample: false, streamer });
      return timeGeneration(startMs, performance.now(), times.slice(1));
    },
  };
}

servePeer(load);
