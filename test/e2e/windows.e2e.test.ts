import { chmodSync, readdirSync, statSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { engineProcesses } from './editor/engineProcesses.js';
import { withEditor } from './editor/withEditor.js';

const editor = withEditor();

/** Takes the right to write from a folder and all that is in it. */
function makeReadOnly(folder: string): void {
  for (const entry of readdirSync(folder, { withFileTypes: true, recursive: true })) {
    chmodSync(path.join(entry.parentPath, entry.name), entry.isDirectory() ? 0o555 : 0o444);
  }
  chmodSync(folder, 0o555);
}

/** Modification times of every file below a folder. */
function modified(folder: string): Record<string, number> {
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' });
  return Object.fromEntries(files.map((file) => [file, statSync(path.join(folder, file)).mtimeMs]));
}

describe('windows', () => {
  it('complete side by side, each with an engine of its own', async () => {
    const first = await editor.open('first', 'src/tasks.ts');
    const second = await editor.open('second', 'scripts/report.py');
    await first.openFile('src/tasks.ts');
    await second.openFile('scripts/report.py');

    const ghosts = [
      await first.typeUntilGhost('const open = ', 'openTasks(tasks).fil'),
      await second.typeUntilGhost('def titles(tasks):\nreturn [task["title"] for ', 'task in ta'),
    ];

    expect(ghosts).not.toContain('');
    expect(engineProcesses(editor.server.pid)).toHaveLength(2);
    await first.close();
    await second.close();
  });

  it('complete in a folder that is read-only, and write nothing there', async () => {
    const workspace = editor.server.newWorkspace('locked');
    makeReadOnly(workspace);
    const before = modified(workspace);
    const window = await editor.openFolder(workspace, 'src/tasks.ts');
    await window.openFile('src/tasks.ts');

    const ghost = await window.typeUntilGhost('const open = ', 'openTasks(tasks).fil');
    await window.press('Tab');

    expect(ghost).not.toBe('');
    expect(modified(workspace)).toEqual(before);
  });
});
