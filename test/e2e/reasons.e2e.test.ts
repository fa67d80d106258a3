import { beforeAll, describe, expect, it } from 'vitest';
import { until } from './editor/until.js';
import { withEditor } from './editor/withEditor.js';
import type { Workbench } from './editor/workbench.js';

const editor = withEditor();
let window: Workbench;

beforeAll(async () => {
  window = await editor.open('reasons', 'src/tasks.ts');
});

async function statusLabel(): Promise<string> {
  return (await window.statusItem().locator('a').getAttribute('aria-label')) ?? '';
}

describe('why nothing?', () => {
  it('says that a .env file is left alone', async () => {
    await window.openFile('.env');
    await window.type('TASKS_PASSWORD=');

    const answer = await window.whyNothing();
    await window.screenshot('why-nothing-env');

    expect(answer).toContain('.env looks like a file with secrets');
    expect(await window.ghost().count()).toBe(0);
    expect(await window.text()).toMatch(/\nTASKS_PASSWORD=$/);
  });

  it('says that a language is switched off, until it is switched on again', async () => {
    await window.openFile('scripts/report.py');
    await window.runCommand('Glassbox: Toggle Completion for This Language');
    await until('the status item says so', async () => (await statusLabel()).includes('switched off for Python files'));
    await window.type('def late(tasks):\nreturn [task for ');
    const answer = await window.whyNothing();
    const ghosts = await window.ghost().count();
    await window.screenshot('language-off');

    await window.runCommand('Glassbox: Toggle Completion for This Language');
    await until('the status item is as before', async () => !(await statusLabel()).includes('switched off'));
    const ghost = await window.typeUntilGhost('task', ' in tasks if not task["do');

    expect(answer).toContain('switched off for Python files');
    expect(ghosts).toBe(0);
    expect(ghost).not.toBe('');
  });
});
