import { readFileSync } from 'node:fs';
import path from 'node:path';
import { beforeAll, describe, it } from 'vitest';
import { root } from './editor/places.js';
import { until } from './editor/until.js';
import { withEditor } from './editor/withEditor.js';
import type { Workbench } from './editor/workbench.js';

const editor = withEditor({ locale: 'ko' });
const korean = JSON.parse(readFileSync(path.join(root, 'media/l10n/bundle.l10n.ko.json'), 'utf8')) as Record<
  string,
  string
>;
/** A sentence of the lab as it stands in the Korean window. */
const ko = (sentence: string): string => korean[sentence] ?? sentence;
let window: Workbench;

beforeAll(async () => {
  window = await editor.open('tokenizationLab', 'src/tasks.ts');
});

describe('the tokenization lab', () => {
  it('opens beside the editor on the file, and follows the selection after the command on one', async () => {
    await window.openFile('src/tasks.ts');
    await window.evaluate((api) => api.commands.executeCommand('glassbox.tokens.openLab'));
    const lab = window.panel();
    await lab
      .getByRole('option', { name: /^export/ })
      .first()
      .waitFor();
    await window.focusEditor('src/tasks.ts');
    await window.press('Control+Home');
    await window.press('Shift+End');
    await until('the extension host knows the selection', () =>
      window.evaluate((api) => api.window.activeTextEditor?.selection.isEmpty === false),
    );

    await window.evaluate((api) => api.commands.executeCommand('glassbox.tokens.openLab'));
    await lab.getByRole('radio', { name: ko('Selection'), checked: true }).waitFor();

    await lab
      .getByRole('option', { name: /^·?to,/ })
      .first()
      .waitFor();
    await window.screenshot('tokenization-lab');
  });

  it.each([
    ['Default Light Modern', 'vscode-light'],
    ['Default High Contrast', 'vscode-high-contrast'],
    ['Default High Contrast Light', 'vscode-high-contrast-light'],
    ['Default Dark Modern', 'vscode-dark'],
  ])('takes on %s', async (theme, bodyClass) => {
    await window.evaluate(
      (api, name) => api.workspace.getConfiguration('workbench').update('colorTheme', name, true),
      theme,
    );

    await window.panel().locator(`body.${bodyClass}`).waitFor();
    await window.screenshot(`tokenization-lab-${bodyClass}`);
  });
});
