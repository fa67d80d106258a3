import { GlassboxError } from '../../../src/core/errors.js';
import path from 'node:path';
import { PromptComposer } from '../../../src/core/prompt/promptComposer.js';
import type { PromptParts } from '../../../src/core/prompt/promptParts.js';
import { inspectModel } from '../../../src/engine/models/inspectModel.js';
import { readModelFolder } from '../../../src/engine/models/modelFolder.js';

/** What the peers need to know of a model. */
export interface PeerModel {
  readonly contextLength: number;
  /** Name of the ONNX file below `onnx/`, without extension. */
  readonly onnxName: string;
  /** The ids that the engine reads for a prompt. */
  readonly encode: (prompt: PromptParts) => readonly number[];
}

/** Reads a model folder as the engine does. @throws GlassboxError when it is not usable. */
export async function readPeerModel(folder: string, signal: AbortSignal): Promise<PeerModel> {
  const found = await readModelFolder(folder, 'folder');
  const { outcome } = await inspectModel(folder, 'folder', signal);
  if (found.kind === 'broken') throw found.error;
  if ('failure' in outcome) throw outcome.failure;
  if (outcome.model.architecture !== 'decoder') {
    throw new GlassboxError('model-unsupported', `${folder} holds no model that writes.`);
  }
  const { descriptor, tokenizer, promptTokens } = outcome.model;
  const composer = new PromptComposer((text) => tokenizer.encode(text), promptTokens, descriptor.contextLength);
  return {
    contextLength: descriptor.contextLength,
    onnxName: path.basename(found.card.onnx.default, '.onnx'),
    encode: (prompt) => {
      const { stable, tail } = composer.compose(prompt);
      return [...stable, ...tail];
    },
  };
}
