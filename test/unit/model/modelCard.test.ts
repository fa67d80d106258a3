import { describe, expect, it } from 'vitest';
import { parseModelCard } from '../../../src/core/model/modelCard.js';

const sha256 = 'a'.repeat(64);

const good = {
  schemaVersion: 1,
  id: 'code-5m',
  name: 'Code',
  version: '1.0.0',
  roles: ['completion'],
  architecture: 'decoder',
  contextLength: 1024,
  license: 'MIT',
  tokenizer: 'byte-level-bpe',
  onnx: { default: 'onnx/model_quantized.onnx' },
  specialTokens: { endOfText: '<|endoftext|>' },
  files: [
    { path: 'tokenizer.json', sha256, sizeBytes: 10 },
    { path: 'onnx/model_quantized.onnx', sha256, sizeBytes: 20 },
  ],
  figures: { bitsPerByte: 1.1 },
};

function messageFor(change: Record<string, unknown>): string {
  const reading = parseModelCard(JSON.stringify({ ...good, ...change }));
  return reading.kind === 'invalid' ? reading.message : 'valid';
}

describe('parseModelCard', () => {
  it('reads a card and keeps what is there for people', () => {
    const reading = parseModelCard(JSON.stringify(good));
    expect(reading).toEqual({ kind: 'card', card: good });
  });

  it.each([
    [{ schemaVersion: 2 }, 'glassbox.json: "schemaVersion" must be 1, but it is 2.'],
    [{ contextLength: 'long' }, 'glassbox.json: "contextLength" must be a number, but it is "long".'],
    [{ contextLength: 8 }, 'glassbox.json: "contextLength" must be at least 64, but it is 8.'],
    [{ license: undefined }, 'glassbox.json: "license" must be given, but it is missing.'],
    [{ roles: [] }, 'glassbox.json: "roles" must name at least one role, but it is [].'],
    [
      { architecture: 'diffuser' },
      'glassbox.json: "architecture" must be "decoder" or "encoder", but it is "diffuser".',
    ],
    [{ architecture: 'encoder' }, 'glassbox.json: "specialTokens.padding" must be given, but it is missing.'],
    [{ specialTokens: {} }, 'glassbox.json: "specialTokens.endOfText" must be given, but it is missing.'],
    [{ files: good.files.slice(1) }, 'glassbox.json: "files" must list "tokenizer.json" with its SHA-256.'],
    [{ files: [...good.files, good.files[0]] }, 'glassbox.json: "files" must list "tokenizer.json" only once.'],
  ])('names the field: %j', (change, message) => {
    expect(messageFor(change)).toBe(message);
  });

  it('refuses a file path that leaves the folder, naming it', () => {
    const files = [...good.files, { path: '../../.ssh/id_rsa', sha256, sizeBytes: 1 }];
    expect(messageFor({ files })).toMatch(
      /^glassbox\.json: "files\.2\.path" must be a plain relative path .*id_rsa"\.$/,
    );
  });

  it.each(['', '{', 'null', '[]', '"text"'])('reports text that is no card: %j', (text) => {
    expect(parseModelCard(text)).toMatchObject({
      kind: 'invalid',
      message: expect.stringMatching(/^glassbox\.json/) as string,
    });
  });
});
