import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { encodeModel } from '../../../src/engine/onnx/onnxSchema.js';
import { copyOfModel, editCard, inspectModelOf, replaceFile } from '../modelFixtures.js';

const onnxFile = 'onnx/model.onnx';

/** A model whose graph also takes a tensor from another file. */
async function modelWithExternalData(location: string): Promise<string> {
  const folder = await copyOfModel('tiny-fp32');
  const tensor = { name: 'outside', dims: [1], dataType: 1, externalData: [{ key: 'location', value: location }] };
  const addition = encodeModel({ graph: { initializer: [tensor] } });
  await replaceFile(folder, onnxFile, Buffer.concat([await readFile(path.join(folder, onnxFile)), addition]));
  return folder;
}

describe('external data', () => {
  it.each([
    '../tokenizer.json',
    'a/../../../etc/passwd',
    '/etc/passwd',
    String.raw`C:\secret`,
    String.raw`\\server\share\x`,
    '*/_ORT_MEM_ADDR_/*',
    'weights.onnx_data',
    'tokenizer.json',
    '',
  ])('is refused at %j, which the card does not name', async (location) => {
    const { verification, outcome } = await inspectModelOf(await modelWithExternalData(location));
    expect(verification.checks.find(({ name }) => name === 'external data')).toMatchObject({ ok: false });
    expect(outcome).toMatchObject({ failure: { code: 'model-unsupported' } });
  });

  it('is taken from a file that the card names with its hash', async () => {
    const folder = await modelWithExternalData('weights.onnx_data');
    await replaceFile(folder, 'onnx/weights.onnx_data', new Uint8Array(4));
    expect((await inspectModelOf(folder)).outcome).toMatchObject({
      model: { externalDataFolder: path.join(folder, 'onnx') },
    });
  });

  it('is found in subgraphs and attributes too', async () => {
    const folder = await copyOfModel('tiny-fp32');
    const hidden = { externalData: [{ key: 'location', value: '../../secret' }] };
    const graph = { node: [{ opType: 'Constant', output: ['c'], attribute: [{ name: 'value', t: hidden }] }] };
    const addition = encodeModel({ graph: { node: [{ opType: 'If', attribute: [{ name: 'then_branch', g: graph }] }] } });
    await replaceFile(folder, onnxFile, Buffer.concat([await readFile(path.join(folder, onnxFile)), addition]));
    expect((await inspectModelOf(folder)).outcome).toMatchObject({ failure: { code: 'model-unsupported' } });
  });

  it('cannot name a file that the card lists outside the ONNX file’s folder', async () => {
    const folder = await modelWithExternalData('../weights.onnx_data');
    await replaceFile(folder, 'weights.onnx_data', new Uint8Array(4));
    await editCard(folder, (card) => card);
    expect((await inspectModelOf(folder)).outcome).toMatchObject({ failure: { code: 'model-unsupported' } });
  });
});
