import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { root } from './editor/places.js';
import { withEditor } from './editor/withEditor.js';

const folder = mkdtempSync(path.join(os.tmpdir(), 'glassbox-broken-'));

/** A copy of the bundled model whose weights differ from the card in one bit. */
async function damagedModel(): Promise<string> {
  const model = path.join(folder, 'damaged');
  cpSync(path.join(root, 'models/code'), model, { recursive: true });
  const card = JSON.parse(readFileSync(path.join(model, 'glassbox.json'), 'utf8')) as { onnx: { default: string } };
  const weights = path.join(model, card.onnx.default);
  const bytes = readFileSync(weights);
  const middle = Math.floor(bytes.length / 2);
  bytes.writeUInt8(bytes.readUInt8(middle) ^ 1, middle);
  writeFileSync(weights, bytes);
  return model;
}

const editor = withEditor(async () => {
  const model = await damagedModel();
  return { machineSettings: { 'glassbox.models.folders': [model], 'glassbox.models.active': model } };
});

afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

describe('a broken model folder', () => {
  it('gives one clear message, and the bundled model completes instead', async () => {
    const window = await editor.open('broken', 'src/tasks.ts');
    await window.openFile('src/tasks.ts');

    const ghost = await window.typeUntilGhost('const open = ', 'openTasks(tasks).fil');
    const messages = await window.allNotifications();
    await window.screenshot('broken-model');

    expect(ghost).not.toBe('');
    expect(messages).toEqual([expect.stringMatching(/cannot be used: A file of the model is damaged or was changed/)]);
  });
});
