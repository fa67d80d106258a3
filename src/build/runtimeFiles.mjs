// ONNX Runtime as it ships: the one binary of the platform, beside the engine that loads it.
import { cpSync, mkdirSync, rmSync } from 'node:fs';
import path from 'node:path';
import { root } from './terminal.mjs';

const shipped = path.join(root, 'dist/node_modules');
const binary = `bin/napi-v6/${process.platform}/${process.arch}`;

/**
 * What the engine needs at run time, and no more: no type declarations, no source maps, no install script, no ES module
 * twin of the CommonJS files, no GPU provider.
 */
const pieces = [
  { from: 'onnxruntime-node', entries: ['package.json', 'dist', binary] },
  { from: 'onnxruntime-common', entries: ['package.json', 'dist/cjs'] },
];

/** @param {string} file */
const isNeeded = (file) =>
  !/\.(?:d\.ts|map)$/.test(file) && !/providers?_(?:cuda|tensorrt|webgpu)|DirectML|dxil|dxcompiler/.test(file);

/**
 * Copies ONNX Runtime to where `require('onnxruntime-node')` of the packaged engine finds it.
 *
 * @returns {() => void} Removes it again: in the repository the engine uses the installed package.
 */
export function layRuntime() {
  removeRuntime();
  for (const { from, entries } of pieces) {
    for (const entry of entries) {
      const target = path.join(shipped, from, entry);
      mkdirSync(path.dirname(target), { recursive: true });
      cpSync(path.join(root, 'node_modules', from, entry), target, { recursive: true, filter: isNeeded });
    }
  }
  return removeRuntime;
}

function removeRuntime() {
  rmSync(shipped, { recursive: true, force: true });
}
