import { describe, it } from 'vitest';
import { withEditor } from './editor/withEditor.js';

const editor = withEditor();

describe('panels', () => {
  it('come back after a restart, as they were used', async () => {
    const window = await editor.open('panelRestore', 'src/tasks.ts');
    await window.runCommand('Open Tokenization Lab');
    await window.panel().getByRole('radio', { name: 'Typed' }).click();
    await window.panel().getByRole('textbox').first().fill('two words');
    await window.panel().getByRole('option', { name: /^two/ }).first().waitFor();

    await window.restart(/two words/);

    await window.panel().getByRole('radio', { name: 'Typed', checked: true }).waitFor();
    await window.panel().getByRole('option', { name: /^two/ }).first().waitFor();
  });
});
