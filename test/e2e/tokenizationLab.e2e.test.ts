import { beforeAll, describe, expect, it } from 'vitest';
import { withEditor } from './editor/withEditor.js';
import type { Workbench } from './editor/workbench.js';

const editor = withEditor();
let window: Workbench;

beforeAll(async () => {
  window = await editor.open('tokenizationLab', 'src/tasks.ts');
});

describe('the tokenization lab', () => {
  it('opens beside the editor and follows the selection', async () => {
    await window.openFile('src/tasks.ts');
    await window.runCommand('Glassbox: Open Tokenization Lab');
    const lab = window.panel();
    await lab.getByText('Select text in the editor').waitFor();

    await window.focusEditor('src/tasks.ts');
    await window.press('Control+a');

    await lab.getByText(/Tokens: 281/).waitFor();
  });

  it('is there again after a restart, with what was chosen in it', async () => {
    await window.panel().getByRole('radio', { name: 'Typed' }).check();
    await window.panel().getByRole('textbox', { name: 'Text' }).fill('한글 tokens');

    window = await window.restart();

    const text = window.panel().getByRole('textbox', { name: 'Text' });
    await text.waitFor();
    expect(await text.inputValue()).toBe('한글 tokens');
    await window
      .panel()
      .getByText(/Tokens: \d/)
      .waitFor();
  });
});
