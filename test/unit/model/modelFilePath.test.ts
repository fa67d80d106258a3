import { describe, expect, it } from 'vitest';
import { isPlainModelPath } from '../../../src/core/model/modelFilePath.js';

describe('isPlainModelPath', () => {
  it.each(['tokenizer.json', 'onnx/model_quantized.onnx', 'a/b/c/d.onnx_data', 'model-1.0.onnx'])(
    'takes %j',
    (path) => {
      expect(isPlainModelPath(path)).toBe(true);
    },
  );

  it.each([
    '',
    '.',
    '..',
    '../x',
    'a/../../x',
    'a/./b',
    '/etc/passwd',
    'a//b',
    'a/',
    String.raw`a\b`,
    String.raw`..\x`,
    'C:/x',
    'C:x',
    String.raw`\\server\share`,
    '//server/share',
    'a:b',
    '.hidden',
    'a/.hidden',
    'trailing.',
    'trailing ',
    'con',
    'NUL.json',
    'onnx/com1.onnx',
    'a/b/c/d/e',
    'x'.repeat(200),
    'a\0b',
    'a\nb',
    '모델.onnx',
    '*/_ORT_MEM_ADDR_/*',
    '%2e%2e/x',
    '~/x',
  ])('refuses %j', (path) => {
    expect(isPlainModelPath(path)).toBe(false);
  });
});
