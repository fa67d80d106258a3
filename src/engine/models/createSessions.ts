import { availableParallelism } from 'node:os';
import { GlassboxError } from '../../core/errors.js';
import { DecoderSession } from '../decoding/decoderSession.js';
import { EncoderSession } from '../embedding/encoderSession.js';
import { toDecoderGraph } from '../onnx/decoderGraph.js';
import type { OnnxRuntime, OnnxSession } from '../onnx/onnxRuntime.js';
import type { CheckedDecoder, CheckedEncoder, CheckedModel } from './inspectModel.js';

/** More threads than this gain nothing at the sizes of model that run on a CPU while somebody types. */
const mostThreads = 4;

/** Threads that share one operator. One core stays free for the editor: on two busy cores two were slower than one. */
export function operatorThreads(): number {
  return Math.max(1, Math.min(mostThreads, availableParallelism() - 1));
}

/**
 * Loads a checked decoder into ONNX Runtime.
 *
 * @throws GlassboxError `model-unsupported` naming an operator that ONNX Runtime lacks, or `model-load-failed`.
 */
export async function createDecoder(model: CheckedDecoder, runtime: OnnxRuntime): Promise<DecoderSession> {
  const graph = toDecoderGraph(model.onnxBytes, model.graph, model.signature);
  const session = await createSession(graph.bytes, model, runtime);
  return new DecoderSession(session, model.signature, graph, model.descriptor.contextLength);
}

/** Loads a checked encoder into ONNX Runtime. @throws GlassboxError like {@link createDecoder}. */
export async function createEncoder(model: CheckedEncoder, runtime: OnnxRuntime): Promise<EncoderSession> {
  const session = await createSession(model.onnxBytes, model, runtime);
  return new EncoderSession(session, model.signature, model.frame.padding);
}

async function createSession(bytes: Uint8Array, model: CheckedModel, runtime: OnnxRuntime): Promise<OnnxSession> {
  const { externalDataFolder } = model;
  try {
    return await runtime.createSession(bytes, { threadCount: operatorThreads(), externalDataFolder });
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    const operator = /([\w.]*:\w+)\(-?\d+\) is not a registered function\/op/.exec(message)?.[1];
    if (operator !== undefined) {
      throw new GlassboxError(
        'model-unsupported',
        `The model "${model.descriptor.id}" uses the operator "${operator}", which ONNX Runtime ${runtime.version} does not have.`,
        { action: 'Export the model with standard operators, or choose another model.', cause: error },
      );
    }
    throw new GlassboxError('model-load-failed', `ONNX Runtime cannot load "${model.descriptor.id}": ${message}`, {
      action: 'Choose another model.',
      cause: error,
    });
  }
}
