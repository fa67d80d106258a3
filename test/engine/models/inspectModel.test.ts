import { mkdir, readFile, rename, rm, symlink, truncate, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import type { GlassboxError } from '../../../src/core/errors.js';
import type { ModelVerification } from '../../../src/core/model/modelDescriptor.js';
import { inspectModel } from '../../../src/engine/models/inspectModel.js';
import { ModelRegistry } from '../../../src/engine/models/modelRegistry.js';
import type { OnnxRuntime } from '../../../src/engine/onnx/onnxRuntime.js';
import { ManualClock } from '../../support/manualClock.js';
import { settledError } from '../../support/settledError.js';
import { silentLog } from '../../support/silentLog.js';
import {
  bundledModel,
  checkedModel,
  copyOfModel,
  decoderVariants,
  editCard,
  fixtureModel,
  inspectModelOf,
  noAbort,
  replaceFile,
} from '../modelFixtures.js';

const onnxFile = 'onnx/model.onnx';

/** A runtime that no broken model may reach. */
const untouchable: OnnxRuntime = {
  version: '0',
  createSession: () => expect.unreachable('ONNX Runtime was given a model that failed its checks'),
};

/** Loads a folder that must fail before ONNX Runtime; returns the error. */
function loadError(folder: string): Promise<GlassboxError> {
  return settledError(new ModelRegistry(untouchable, new ManualClock(), silentLog).load(folder, noAbort));
}

function failedChecks({ checks }: ModelVerification): string[] {
  return checks.filter((check) => !check.ok).map((check) => check.name);
}

describe('inspectModel', () => {
  it.each([bundledModel, ...decoderVariants.map(fixtureModel)])('finds nothing wrong with %s', async (folder) => {
    const { verification } = await inspectModelOf(folder);
    expect(failedChecks(verification)).toEqual([]);
    expect(verification.ok).toBe(true);
    expect(verification.checks.map((check) => check.name)).toEqual(
      expect.arrayContaining(['card', 'file tokenizer.json', 'tokenizer', 'graph', 'signature']),
    );
  });

  it.each([
    ['tiny-fp32', { kvHeads: 1, headDim: 8, hasPositionIds: true }],
    ['tiny-mha-no-position-ids', { kvHeads: 4, headDim: 8, hasPositionIds: false }],
    ['tiny-gqa-fused-q4', { kvHeads: 2, headDim: 16 }],
  ])('learns the signature of %s from the graph alone', async (name, expected) => {
    const { signature } = await checkedModel(fixtureModel(name));
    expect(signature).toMatchObject({ ...expected, vocabularySize: 300 });
    expect(signature.layers).toHaveLength(2);
  });

  it('notices a single flipped bit before ONNX Runtime sees the file', async () => {
    const folder = await copyOfModel('tiny-fp32');
    const file = path.join(folder, onnxFile);
    const bytes = await readFile(file);
    const middle = bytes.length >> 1;
    bytes[middle] = (bytes[middle] ?? 0) ^ 4;
    await writeFile(file, bytes);
    const error = await loadError(folder);
    expect(error.code).toBe('model-hash-mismatch');
    expect(error.message).toContain(onnxFile);
    expect(failedChecks((await inspectModelOf(folder)).verification)).toEqual([`file ${onnxFile}`]);
  });

  it('notices a truncated file and says by how much', async () => {
    const folder = await copyOfModel('tiny-fp32');
    await truncate(path.join(folder, onnxFile), 1000);
    const error = await loadError(folder);
    expect(error.code).toBe('model-hash-mismatch');
    expect(error.message).toBe(`The model file "${onnxFile}" is truncated: 1000 bytes instead of 122265.`);
  });

  it('notices a missing file', async () => {
    const folder = await copyOfModel('tiny-fp32');
    await rm(path.join(folder, onnxFile));
    expect(await loadError(folder)).toMatchObject({
      code: 'model-file-missing',
      message: `The model file "${onnxFile}" is missing.`,
    });
  });

  it('reports every broken file when it verifies', async () => {
    const folder = await copyOfModel('tiny-fp32');
    await rm(path.join(folder, 'tokenizer.json'));
    await truncate(path.join(folder, onnxFile), 7);
    const { verification } = await inspectModelOf(folder);
    expect(failedChecks(verification).sort()).toEqual([`file ${onnxFile}`, 'file tokenizer.json']);
    expect(verification.ok).toBe(false);
  });

  it('says which file of the folder is not part of the model', async () => {
    const folder = await copyOfModel('tiny-fp32');
    await writeFile(path.join(folder, 'onnx/notes.txt'), 'x');
    const { verification } = await inspectModelOf(folder);
    const check = verification.checks.find(({ name }) => name === 'other files');
    expect(check).toMatchObject({ ok: true, detail: expect.stringContaining('onnx/notes.txt') as string });
  });

  it('refuses a link to a file outside the folder', async () => {
    const folder = await copyOfModel('tiny-fp32');
    const file = path.join(folder, 'tokenizer.json');
    const outside = path.join(folder, '../tokenizer.json');
    await rename(file, outside);
    await symlink(outside, file);
    expect(await loadError(folder)).toMatchObject({
      code: 'file-unreadable',
      message: expect.stringContaining('"tokenizer.json" is not a regular file inside the model folder') as string,
    });
  });

  it('can be cancelled while files are read', async () => {
    const cancellation = new AbortController();
    const inspecting = settledError(inspectModel(bundledModel, 'folder', cancellation.signal));
    cancellation.abort();
    expect((await inspecting).code).toBe('cancelled');
  });

  it('refuses a folder in place of a file', async () => {
    const folder = await copyOfModel('tiny-fp32');
    await rm(path.join(folder, onnxFile));
    await mkdir(path.join(folder, onnxFile));
    expect((await loadError(folder)).code).toBe('file-unreadable');
  });

  it('reports a card of another schema', async () => {
    const folder = await copyOfModel('tiny-fp32');
    await editCard(folder, (card) => ({ ...card, schemaVersion: 9 }));
    expect(await loadError(folder)).toMatchObject({
      code: 'model-card-invalid',
      message: 'glassbox.json: "schemaVersion" must be 1, but it is 9.',
    });
  });

  it('reports a folder without a card', async () => {
    const folder = await copyOfModel('tiny-fp32');
    await rm(path.join(folder, 'glassbox.json'));
    const error = await loadError(folder);
    expect(error.code).toBe('model-not-found');
    expect(error.action).toBeDefined();
  });

  it('reports a card without tokenizer', async () => {
    const folder = await copyOfModel('tiny-fp32');
    await editCard(folder, (card) => ({ ...card, files: card.files.filter((file) => file.path !== 'tokenizer.json') }));
    expect(await loadError(folder)).toMatchObject({
      code: 'model-card-invalid',
      message: 'glassbox.json: "files" must list "tokenizer.json" with its SHA-256.',
    });
  });

  it.each([
    ['no JSON', '{', 'tokenizer-unsupported'],
    ['no tokenizer', '{}', 'tokenizer-unsupported'],
    ['another kind of tokenizer', JSON.stringify({ model: { type: 'WordLevel', vocab: { a: 0 } } }), 'tokenizer-unsupported'],
  ])('reports a tokenizer file that is %s', async (_, contents, code) => {
    const folder = await copyOfModel('tiny-fp32');
    await replaceFile(folder, 'tokenizer.json', contents);
    expect((await loadError(folder)).code).toBe(code);
  });

  it('reports a special token that the tokenizer does not have', async () => {
    const folder = await copyOfModel('tiny-fp32');
    await editCard(folder, (card) => ({ ...card, specialTokens: { endOfText: '</s>' } }));
    expect(await loadError(folder)).toMatchObject({
      code: 'model-card-invalid',
      message: expect.stringContaining('"specialTokens.endOfText" names the token "</s>"') as string,
    });
  });

  it.each([
    ['text', 'this is not a model'],
    ['a cut ONNX file', 'cut'],
    ['nothing', ''],
  ])('reports an ONNX file that is %s', async (_, contents) => {
    const folder = await copyOfModel('tiny-fp32');
    const bytes = await readFile(path.join(folder, onnxFile));
    await replaceFile(folder, onnxFile, contents === 'cut' ? bytes.subarray(0, 5000) : contents);
    expect((await loadError(folder)).code).toBe('model-load-failed');
  });
});
