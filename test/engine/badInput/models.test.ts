import { readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { runBuiltCli, type CliResult } from '../cli/builtCli.js';
import { bundledModel, copyOfModel, editCard, fixtureModel, replaceFile } from '../modelFixtures.js';

const source = 'const a = 1;\nconst b = a + \n';
const onnxFile = 'onnx/model.onnx';

/** What a user does first with a model folder. */
function complete(folder: string): Promise<CliResult> {
  return runBuiltCli(['complete', '--stdin', '--model', folder, 'src/a.ts:2:15'], source);
}

function oneLine(text: string): RegExp {
  return new RegExp(`^glassbox: [^\\n]*${text}[^\\n]*\\n$`);
}

async function damage(folder: string, name: string, change: (bytes: Buffer) => Buffer): Promise<void> {
  const file = path.join(folder, name);
  await writeFile(file, change(await readFile(file)));
}

function flipOneBit(bytes: Buffer): Buffer {
  const flipped = Buffer.from(bytes);
  flipped.writeUInt8(flipped.readUInt8(flipped.length >> 1) ^ 1, flipped.length >> 1);
  return flipped;
}

/** Each damage with what the one line on standard error must name. */
const damages: readonly (readonly [string, (folder: string) => Promise<unknown>, string])[] = [
  ['no ONNX file', (folder) => rm(path.join(folder, onnxFile)), 'model.onnx'],
  ['a truncated ONNX file', (folder) => damage(folder, onnxFile, (bytes) => bytes.subarray(0, 1000)), 'model.onnx'],
  ['one flipped bit', (folder) => damage(folder, onnxFile, flipOneBit), 'model.onnx'],
  ['a card that is not JSON', (folder) => writeFile(path.join(folder, 'glassbox.json'), '{'), 'glassbox.json'],
  [
    'a card of the wrong schema',
    (folder) => editCard(folder, (card) => ({ ...card, contextLength: '1k' })),
    'contextLength',
  ],
  ['no tokenizer', (folder) => rm(path.join(folder, 'tokenizer.json')), 'tokenizer.json'],
  ['a tokenizer of another kind', (folder) => replaceFile(folder, 'tokenizer.json', '{}'), 'tokenizer'],
  ['an ONNX file that is none', (folder) => replaceFile(folder, onnxFile, 'hello'), 'ONNX|onnx'],
];

describe('a model folder that is not as it should be', () => {
  it.each(damages)('with %s is refused with the reason', async (_, spoil, named) => {
    const folder = await copyOfModel('tiny-fp32');
    await spoil(folder);
    const { exitCode, output, errors } = await complete(folder);
    expect({ exitCode, output }).toEqual({ exitCode: 3, output: '' });
    expect(errors).toMatch(oneLine(named));
  });

  it.each(damages)('with %s does not verify', async (_, spoil, named) => {
    const folder = await copyOfModel('tiny-fp32');
    await spoil(folder);
    const { exitCode, output, errors } = await runBuiltCli(['models', '--verify', folder]);
    expect(exitCode).toBe(1);
    expect(output).toContain('FAILED');
    expect(errors).toMatch(oneLine(named));
  });

  it('and undamaged works, so that the tests above can fail', async () => {
    const folder = await copyOfModel('tiny-fp32');
    const { exitCode } = await runBuiltCli(['models', '--verify', folder]);
    expect(exitCode).toBe(0);
    expect([0, 4]).toContain((await complete(folder)).exitCode);
  });

  it('with an unknown operator names the operator', async () => {
    const { exitCode, errors } = await complete(fixtureModel('unknown-operator'));
    expect(exitCode).toBe(3);
    expect(errors).toMatch(oneLine('operator'));
  });

  it('that does not exist is not found, and what there is is listed', async () => {
    const { exitCode, errors } = await complete(path.join(bundledModel, 'missing'));
    expect(exitCode).toBe(3);
    expect(errors).toMatch(oneLine('There is no model'));
    const verified = await runBuiltCli(['models', '--verify', path.join(bundledModel, 'missing')]);
    expect(verified).toMatchObject({
      exitCode: 2,
      errors: expect.stringMatching(oneLine('is not a folder')) as string,
    });
  });
});
