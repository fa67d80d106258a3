import { readFileSync } from 'node:fs';
import path from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { until } from './editor/until.js';
import { withEditor } from './editor/withEditor.js';
import type { Workbench } from './editor/workbench.js';

const editor = withEditor({ settings: { 'glassbox.completion.multiLine': 'never' } });
let window: Workbench;

beforeAll(async () => {
  window = await editor.open('completion', 'src/tasks.ts');
});

/** The text left and right of the cursor. */
function aroundCursor(): Promise<readonly [string, string]> {
  return window.evaluate((api) => {
    const { document, selection } = api.window.activeTextEditor!;
    const offset = document.offsetAt(selection.active);
    return [document.getText().slice(0, offset), document.getText().slice(offset)] as const;
  });
}

describe('grey text in the editor', () => {
  it.each([
    ['src/tasks.ts', 'export function taskTitles(tasks: Task[]): string[] {\nreturn tasks.', 'map((task) => task.ti'],
    ['scripts/report.py', 'def titles(tasks):\nreturn [task["title"] for ', 'task in ta'],
  ])('appears while typing in %s, and Tab writes exactly prefix + text + suffix to disk', async (file, start, more) => {
    await window.openFile(file);
    const ghost = await window.typeUntilGhost(start, more);
    const [prefix, suffix] = await aroundCursor();
    await window.screenshot(`completion-${path.extname(file).slice(1)}`);

    await window.press('Tab');
    await until('the text is accepted', async () => (await window.text()) !== prefix + suffix);
    await window.press('Control+S');

    expect(ghost.trim()).not.toBe('');
    await until(
      'the file is saved',
      () => readFileSync(path.join(window.folder, file), 'utf8') === prefix + ghost + suffix,
      5000,
    );
  });

  it('is taken word by word with Ctrl+Right', async () => {
    await window.openFile('src/format.ts');
    const ghost = await window.typeUntilGhost(
      '\nexport function formatOpen(tasks: Task[]): string {\nconst open = tasks.',
      'filter((task) => !task.done',
    );
    const [prefix, suffix] = await aroundCursor();

    await window.press('Control+ArrowRight');
    await until('a word is accepted', async () => (await window.text()) !== prefix + suffix);

    const [grown, rest] = await aroundCursor();
    const word = grown.slice(prefix.length);
    expect(rest).toBe(suffix);
    expect(ghost.startsWith(word)).toBe(true);
    expect(word.length).toBeLessThan(ghost.length);
  });

  it('goes away with Esc and leaves the text as it was', async () => {
    await window.openFile('src/store.ts');
    await window.typeUntilGhost('\nconst first = new ', 'TaskStore(stor');
    const before = await window.text();

    await window.press('Escape');

    await window.ghost().first().waitFor({ state: 'hidden' });
    expect(await window.text()).toBe(before);
  });

  it('appears in a cell of a notebook', async () => {
    await window.evaluate(
      async (api, file) => {
        const notebook = await api.workspace.openNotebookDocument(api.Uri.file(file));
        await api.window.showNotebookDocument(notebook, { selections: [new api.NotebookRange(2, 3)] });
      },
      path.join(window.folder, 'notebooks/tasks.ipynb'),
    );
    await window.page.locator('.notebookOverlay .code-cell-row .monaco-editor').last().click();
    await window.press('Control+End');

    const ghost = await window.typeUntilGhost('\nhours[person] = ', 'hours.get(person, 0) + task["ho');
    await window.screenshot('completion-notebook');

    expect(ghost.trim()).not.toBe('');
  });
});
