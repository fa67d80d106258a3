import './onnxEnvironment.js';
import { createHash } from 'node:crypto';
import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { onTestFinished } from 'vitest';
import { systemClock } from '../../src/core/clock.js';
import type { DecoderSession } from '../../src/engine/decoding/decoderSession.js';
import { RowStatistics } from '../../src/engine/analysis/rowStatistics.js';
import { createDecoder, createEncoder } from '../../src/engine/models/createSessions.js';
import {
  inspectModel,
  type CheckedDecoder,
  type CheckedEncoder,
  type CheckedModel,
  type ModelInspection,
} from '../../src/engine/models/inspectModel.js';
import { LoadedEncoder } from '../../src/engine/models/loadedEncoder.js';
import { LoadedModel } from '../../src/engine/models/loadedModel.js';
import { NativeOnnxRuntime } from '../../src/engine/onnx/nativeOnnxRuntime.js';
import type { OnnxRuntime } from '../../src/engine/onnx/onnxRuntime.js';

const root = path.resolve(import.meta.dirname, '../..');

/** Folder of the model that ships with Glassbox. */
export const bundledModel = path.join(root, 'models/code');

/** Folder of the encoder that ships with Glassbox. */
export const bundledEncoder = path.join(root, 'models/encoder');

/** Folder with the tiny random models. */
export const fixtureModels = path.join(root, 'test/fixtures/models');

/** Every kind of graph the engine must run: float32 and int8, one and several key-value heads, fused and plain. */
export const decoderVariants = ['tiny-fp32', 'tiny-mha-no-position-ids', 'tiny-gqa-fused-q4', 'tiny-int8'] as const;

/** Folder of a fixture. */
export function fixtureModel(name: string): string {
  return path.join(fixtureModels, name);
}

/** A signal that never aborts. */
export const noAbort: AbortSignal = new AbortController().signal;

/** Checks a model folder. */
export function inspectModelOf(folder: string): Promise<ModelInspection> {
  return inspectModel(folder, 'folder', noAbort);
}

/** Checks the folder of a model that writes, which must be right. */
export async function checkedModel(folder: string): Promise<CheckedDecoder> {
  const model = await soundModel(folder);
  if (model.architecture !== 'decoder') throw new Error(`${folder} holds no decoder`);
  return model;
}

/** Checks the folder of an encoder, which must be right. */
export async function checkedEncoder(folder: string): Promise<CheckedEncoder> {
  const model = await soundModel(folder);
  if (model.architecture !== 'encoder') throw new Error(`${folder} holds no encoder`);
  return model;
}

async function soundModel(folder: string): Promise<CheckedModel> {
  const { outcome } = await inspectModelOf(folder);
  if ('failure' in outcome) throw outcome.failure;
  return outcome.model;
}

/** A decoder over the real ONNX Runtime, released when the test ends. */
export async function decoderOf(
  folder: string,
  runtime: OnnxRuntime = new NativeOnnxRuntime(),
): Promise<DecoderSession> {
  const decoder = await createDecoder(await checkedModel(folder), runtime);
  onTestFinished(() => decoder.release());
  return decoder;
}

/** A loaded model over the real ONNX Runtime, released when the test ends. */
export async function loadedModel(folder: string, clock = systemClock(globalThis)): Promise<LoadedModel> {
  const model = await checkedModel(folder);
  const runtime = new NativeOnnxRuntime();
  const statistics = new RowStatistics(runtime, 1);
  const loaded = new LoadedModel(model, await createDecoder(model, runtime), statistics, clock);
  onTestFinished(async () => {
    await loaded.release();
    await statistics.release();
  });
  return loaded;
}

/** A loaded encoder over the real ONNX Runtime, released when the test ends. */
export async function loadedEncoder(folder: string): Promise<LoadedEncoder> {
  const model = await checkedEncoder(folder);
  const loaded = new LoadedEncoder(model, await createEncoder(model, new NativeOnnxRuntime()));
  onTestFinished(() => loaded.release());
  return loaded;
}

/** A copy of a model folder that a test may damage; removed when the test ends. */
export async function copyOfModel(name: string): Promise<string> {
  const parent = await mkdtemp(path.join(tmpdir(), 'glassbox-model-'));
  onTestFinished(() => rm(parent, { recursive: true, force: true }));
  const folder = path.join(parent, name);
  await cp(fixtureModel(name), folder, { recursive: true });
  return folder;
}

/** Writes a file of a model folder and the hash of it into the card, so that only what is in the file is wrong. */
export async function replaceFile(folder: string, name: string, contents: Uint8Array | string): Promise<void> {
  const bytes = Buffer.from(contents);
  await writeFile(path.join(folder, name), bytes);
  const sha256 = createHash('sha256').update(bytes).digest('hex');
  await editCard(folder, (card) => {
    const others = card.files.filter((file) => file.path !== name);
    return { ...card, files: [...others, { path: name, sha256, sizeBytes: bytes.length }] };
  });
}

interface EditableCard {
  readonly files: readonly { readonly path: string; readonly sha256: string; readonly sizeBytes: number }[];
  readonly onnx: { readonly default: string };
  readonly [field: string]: unknown;
}

/** Changes the card of a model folder. */
export async function editCard(folder: string, edit: (card: EditableCard) => object): Promise<void> {
  const file = path.join(folder, 'glassbox.json');
  const card = JSON.parse(await readFile(file, 'utf8')) as EditableCard;
  await writeFile(file, JSON.stringify(edit(card)));
}
