import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { root } from './editor/places.js';
import { withEditor } from './editor/withEditor.js';

const ownModel = path.join(root, 'test/fixtures/models/tiny-fp32');

const editor = withEditor({
  asksForTrust: true,
  settings: { 'security.workspace.trust.startupPrompt': 'never', 'security.workspace.trust.banner': 'never' },
  machineSettings: { 'glassbox.models.folders': [ownModel], 'glassbox.models.active': ownModel },
});

describe('a workspace that is not trusted', () => {
  it('is completed by the bundled model, whatever else the user has chosen, and the status bar says why', async () => {
    const window = await editor.open('restricted', 'src/tasks.ts');
    expect(await window.evaluate((api) => api.workspace.isTrusted)).toBe(false);
    await window.openFile('src/tasks.ts');

    const ghost = await window.typeUntilGhost('const open = ', 'openTasks(tasks).fil');
    const status = window.statusItem();
    const shown = { text: await status.innerText(), label: await status.getAttribute('aria-label') };
    await window.screenshot('restricted');

    expect(ghost).not.toBe('');
    expect(shown).toEqual({
      text: expect.stringContaining('Glassbox Code 5M') as string,
      label: expect.stringContaining('not trusted, so only the bundled model is used') as string,
    });
  });
});
