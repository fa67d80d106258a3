import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { GlassboxError } from '../../core/errors.js';
import { describeBrokenModel, describeModel, type ModelOrigin } from '../../core/model/describeModel.js';
import { cardFileName, parseModelCard, type ModelCard } from '../../core/model/modelCard.js';
import type { ModelDescriptor, ModelSource } from '../../core/model/modelDescriptor.js';
import { hashBytes } from './fileHash.js';

/** A model folder after reading its card, and only that. */
export type ModelFolder =
  | { readonly kind: 'model'; readonly descriptor: ModelDescriptor; readonly card: ModelCard }
  | { readonly kind: 'broken'; readonly descriptor: ModelDescriptor; readonly error: GlassboxError };

/** Largest card that is read; real ones have a few kilobytes. */
const largestCardBytes = 1 << 20;

/** Reads the card of a folder. What is wrong with it is a value, so that one bad folder never hides the others. */
export async function readModelFolder(folder: string, source: ModelSource): Promise<ModelFolder> {
  const absolute = path.resolve(folder);
  const origin = { folder: absolute, folderName: path.basename(absolute), source };
  const bytes = await readCard(absolute);
  if (bytes instanceof GlassboxError) return broken(bytes, { ...origin, cardHash: '' });
  const cardHash = hashBytes(bytes);
  const reading = parseModelCard(new TextDecoder().decode(bytes));
  if (reading.kind === 'invalid') {
    const action = `Correct the card in ${absolute}, or copy the model folder again.`;
    return broken(new GlassboxError('model-card-invalid', reading.message, { action }), { ...origin, cardHash });
  }
  return { kind: 'model', card: reading.card, descriptor: describeModel(reading.card, { ...origin, cardHash }) };
}

async function readCard(folder: string): Promise<Uint8Array | GlassboxError> {
  try {
    const bytes = await readFile(path.join(folder, cardFileName));
    if (bytes.length <= largestCardBytes) return bytes;
    return new GlassboxError('model-card-invalid', `${cardFileName} is larger than ${largestCardBytes} bytes.`);
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code;
    if (code !== 'ENOENT' && code !== 'ENOTDIR') {
      return new GlassboxError('file-unreadable', `Cannot read ${cardFileName} in ${folder}: ${String(code)}.`, {
        action: 'Check the permissions of the folder.',
        cause: error,
      });
    }
    return new GlassboxError('model-not-found', `There is no model in ${folder}: it holds no ${cardFileName}.`, {
      action: `Name a folder with a model card, or write one: models/README.md shows the format.`,
      cause: error,
    });
  }
}

function broken(error: GlassboxError, origin: ModelOrigin): ModelFolder {
  const problem = { code: error.code, message: error.message, action: error.action };
  return { kind: 'broken', error, descriptor: describeBrokenModel(problem, origin) };
}
