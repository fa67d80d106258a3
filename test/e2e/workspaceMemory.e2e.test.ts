import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { engineProcesses } from './editor/engineProcesses.js';
import { until } from './editor/until.js';
import { withEditor } from './editor/withEditor.js';
import type { Workbench } from './editor/workbench.js';

const editor = withEditor({ settings: { 'glassbox.completion.multiLine': 'never' } });
let window: Workbench;

/** Lines that no model has learned, without brackets, which the editor would close. */
const before = 'const quorumLedger = zephyrQuorum + brambleSheets * 17;';
const after = 'const lanternAtlas = harbourIndex + tideTable * 94;';

beforeAll(async () => {
  const folder = editor.server.newWorkspace('memory');
  writeFileSync(path.join(folder, 'src/ledger.ts'), `export {};\n\n${before}\n`);
  window = await editor.openFolder(folder, 'src/tasks.ts');
});

/** What the log says of the memory. */
function logLines(): readonly string[] {
  // Not the whole folder: the extension is linked into it, with everything that a developer's clone has beside it.
  const folder = path.join(editor.server.folder, 'data/logs');
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('Glassbox.log'))
    .flatMap((file) => readFileSync(path.join(folder, file), 'utf8').split('\n'))
    .filter((line) => line.includes(' memory: '));
}

describe('the code of the workspace', () => {
  it('is read after the first answer, and not before', async () => {
    await window.openFile('src/tasks.ts');
    expect([engineProcesses(editor.server.pid), logLines()]).toEqual([[], []]);

    await window.typeUntilGhost('const open = ', 'openTasks(tasks).fil');
    await window.press('Escape');

    await until('all files are remembered', () => logLines().length > 0);
    expect(logLines()).toEqual([expect.stringMatching(/memory: 6 files, \d+ tokens after \d+ ms$/)]);
  });

  it('is gone on like in another file', async () => {
    await window.type(';\n');
    const ghost = await window.typeUntilGhost('const quorumLedger = zephyrQuorum + ', 'bram');
    await window.screenshot('memory-workspace');

    expect((await lastLine()) + ghost).toBe(before);
  });

  it('is gone on like as the editor has it, though it is not saved', async () => {
    await window.press('Escape');
    await window.openFile('src/ledger.ts');
    await window.press('Control+A');
    await window.type(`${after}\n`);
    await window.press('Escape');
    await window.openFile('src/format.ts');
    const unsaved = await window.typeUntilGhost('\nconst lanternAtlas = harbourIndex + ', 'tide');

    expect((await lastLine()) + unsaved).toBe(after);
  });
});

async function lastLine(): Promise<string> {
  return (await window.text()).split('\n').at(-1)!;
}
