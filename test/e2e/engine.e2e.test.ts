import { beforeAll, describe, expect, it } from 'vitest';
import { engineProcesses } from './editor/engineProcesses.js';
import { until } from './editor/until.js';
import { withEditor } from './editor/withEditor.js';
import type { Workbench } from './editor/workbench.js';

const editor = withEditor();
let window: Workbench;

beforeAll(async () => {
  window = await editor.open('engine', 'src/tasks.ts');
});

describe('the engine below the editor', () => {
  it('starts with the first request, not before', async () => {
    const before = engineProcesses(editor.server.pid);
    await window.openFile('src/tasks.ts');
    await window.typeUntilGhost('const open = ', 'openTasks(tasks).fil');

    expect(before).toEqual([]);
    expect(engineProcesses(editor.server.pid)).toHaveLength(1);
  });

  it('is replaced after kill -9 while it generates, and completes again', async () => {
    await window.openFile('scripts/report.py');
    const [killed] = engineProcesses(editor.server.pid);
    // A stopped engine cannot answer, so the request is certain to be in flight when the engine is killed.
    process.kill(killed!, 'SIGSTOP');
    await window.type('def late(tasks):\nreturn [');
    await until('the status item says that the model writes', async () =>
      (await window.statusItem().locator('a').getAttribute('aria-label'))?.includes('is writing'),
    );
    process.kill(killed!, 'SIGKILL');
    await until('another engine runs', () => engineProcesses(editor.server.pid).some((pid) => pid !== killed));

    const ghost = await window.typeUntilGhost('task for ', 'task in tasks if not task["do');

    expect(ghost).not.toBe('');
    expect(engineProcesses(editor.server.pid)).toHaveLength(1);
    expect(engineProcesses(editor.server.pid)).not.toContain(killed);
  });
});
