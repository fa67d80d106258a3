import { readFileSync } from 'node:fs';
import path from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { root } from './editor/places.js';
import { until } from './editor/until.js';
import { withEditor } from './editor/withEditor.js';
import type { Workbench } from './editor/workbench.js';

const command = 'Glassbox: Show Next Token Probabilities at the Cursor';
const start = 'export function firstTask(tasks: Task[]): Task | undefined {\n  return ';

const korean = JSON.parse(readFileSync(path.join(root, 'media/l10n/bundle.l10n.ko.json'), 'utf8')) as Record<
  string,
  string
>;
/** A sentence of the panel as it stands in the Korean window. */
const ko = (sentence: string): string => korean[sentence] ?? sentence;

/** A document of its own, so that what one test does is not in another's text. */
async function openDraft(window: Workbench, content: string, endOfLine: 'LF' | 'CRLF' = 'LF'): Promise<void> {
  await window.evaluate(
    async (api, text, eol) => {
      const document = await api.workspace.openTextDocument({ language: 'typescript', content: '' });
      const editor = await api.window.showTextDocument(document, { viewColumn: api.ViewColumn.One, preview: false });
      await editor.edit((edit) => edit.setEndOfLine(eol === 'CRLF' ? api.EndOfLine.CRLF : api.EndOfLine.LF));
      await editor.edit((edit) => edit.insert(new api.Position(0, 0), text));
    },
    content,
    endOfLine,
  );
  await window.page.locator('.monaco-editor.focused[data-uri^="untitled:"]').waitFor();
  await window.press('Control+End');
}

/** The text of the draft that is on the screen. */
function draftText(window: Workbench): Promise<string> {
  return window.evaluate(
    (api) =>
      api.window.visibleTextEditors.find(({ document }) => document.isUntitled)?.document.getText() ?? 'no draft',
  );
}

/** Waits for the answer to what was last asked; until then the panel shows the one before. */
async function predicted(window: Workbench): Promise<void> {
  await window.panel().locator('.live[aria-busy="false"]').waitFor();
}

async function candidates(window: Workbench): Promise<string[]> {
  await predicted(window);
  const options = window.panel().getByRole('option');
  await options.first().waitFor();
  return Promise.all((await options.all()).map(async (option) => (await option.getAttribute('aria-label')) ?? ''));
}

async function take(window: Workbench, index: number, length: number): Promise<void> {
  await predicted(window);
  await window.panel().getByRole('option').nth(index).click();
  await window
    .panel()
    .locator('.chip')
    .nth(length - 1)
    .waitFor();
}

describe('what comes next', () => {
  const editor = withEditor();
  let window: Workbench;

  beforeAll(async () => {
    window = await editor.open('next', 'src/tasks.ts');
    await window.runCommand(command);
    // The panel takes the keyboard when it comes, and a file opened before would be opened on top of it.
    await window.panel().getByText('tasks.ts').first().waitFor();
  });

  it('is shown for the cursor, and follows it', async () => {
    await openDraft(window, start);
    const atEnd = await until('the panel is at the draft', async () => {
      const shown = await candidates(window);
      return (await window.panel().getByText('Ln 2, Col 10').count()) > 0 ? shown : undefined;
    });
    await window.press('Home');
    await window.panel().getByText('Ln 2, Col 3').waitFor();

    expect(atEnd).toHaveLength(25);
    await until('other candidates', async () => (await candidates(window)).join() !== atEnd.join());
  });

  it('becomes a branch that goes to its place, which the text has moved, in one step for undo', async () => {
    await openDraft(window, start);
    await window.panel().getByText('Ln 2, Col 10').waitFor();
    await take(window, 0, 1);
    await take(window, 0, 2);
    await window.screenshot('next-tokens');
    const branch = (await window.panel().locator('.code-branch').innerText()).replaceAll('↵', '\n');
    await window.evaluate(async (api) => {
      const draft = api.window.visibleTextEditors.find(({ document }) => document.isUntitled);
      await draft?.edit((edit) => edit.insert(new api.Position(0, 0), '// First of all.\n'));
    });
    await window.panel().getByText('The text here has changed since.').waitFor();

    await window.panel().getByRole('button', { name: 'Insert' }).click();
    await window.panel().getByText('Choose a candidate below').waitFor();
    const inserted = await draftText(window);
    await window.page.locator('.monaco-editor.focused[data-uri^="untitled:"]').waitFor();
    await window.press('Control+Z');

    expect(branch.length).toBeGreaterThan(0);
    expect(inserted).toBe(`// First of all.\n${start}${branch}`);
    await until('the branch is gone', async () => (await draftText(window)) === `// First of all.\n${start}`);
  });

  it('has the line ends of its document', async () => {
    await openDraft(window, `${start}tasks[0];`.replace('\n', '\r\n'), 'CRLF');
    await window.panel().getByText('Ln 2, Col 19').waitFor();
    // The bundled model fills in the middle line by line; what it reads from the left alone goes on with the next one.
    await window.panel().getByRole('radio', { name: 'Only before' }).check();
    // The last token before the cursor is chosen again, because a longer one may begin with it.
    for (const name of [/^\];,/, /line break/]) {
      await predicted(window);
      await window.panel().getByRole('option', { name }).first().click();
    }
    await window.panel().locator('.code-branch', { hasText: '↵' }).waitFor();
    await window.panel().getByRole('button', { name: 'Insert' }).click();
    await window.panel().getByText('Choose a candidate below').waitFor();

    const text = await draftText(window);

    expect(text).toMatch(/tasks\[0\];[ \t]*\r\n/);
    expect(text.replaceAll('\r\n', '')).not.toContain('\n');
  });

  it('is not told of files with secrets', async () => {
    await window.openFile('.env');

    await window.panel().getByText('.env looks like a file with secrets').waitFor();
    expect(await window.panel().getByRole('option').count()).toBe(0);
  });

  it('is there again with its branches after a restart of the editor', async () => {
    await window.openFile('src/tasks.ts');
    await window.panel().getByText('tasks.ts').first().waitFor();
    await take(window, 1, 1);
    await take(window, 1, 2);
    const taken = await window.panel().locator('.chip-text').allInnerTexts();

    // Two branches were taken in this file, so the next one has the key 3.
    await window.restart(/pinned[^}]*tasks\.ts[^]*nextKey[\\"]*:3/);

    await window.panel().locator('.chip').nth(1).waitFor();
    expect(await window.panel().locator('.chip-text').allInnerTexts()).toEqual(taken);
    await candidates(window);
  });
});

describe('in Korean and in every theme', () => {
  const editor = withEditor({ locale: 'ko' });

  it('is legible', async () => {
    const window = await editor.open('nextTokensKorean', 'src/tasks.ts');
    const panel = window.panel();
    await window.evaluate((api) => void api.commands.executeCommand('glassbox.nextTokens.openPanel'));
    await panel.getByText('tasks.ts').first().waitFor();
    await openDraft(window, start);
    await panel.getByText('Untitled').first().waitFor();
    await candidates(window);
    for (const [label, value] of [
      [ko('Temperature'), '1.3'],
      ['Top-k', '12'],
      ['Top-p', '0.9'],
      ['Min-p', '0.05'],
    ] as const) {
      await panel.getByRole('spinbutton', { name: label }).fill(value);
      await panel.getByRole('spinbutton', { name: label }).press('Enter');
    }
    await take(window, 0, 1);
    await panel.getByRole('button', { name: ko('Greedy') }).click();
    await panel.locator('.chip').nth(2).waitFor();
    await expect.poll(() => panel.locator('[aria-busy=true]').count()).toBe(0);
    await panel.locator('.chip').nth(1).click();
    await panel.locator('.chip').nth(2).waitFor({ state: 'detached' });
    await take(window, 1, 3);
    for (const [theme, bodyClass] of [
      ['Default Light Modern', 'vscode-light'],
      ['Default High Contrast', 'vscode-high-contrast'],
      ['Default High Contrast Light', 'vscode-high-contrast-light'],
      ['Default Dark Modern', 'vscode-dark'],
    ] as const) {
      await window.evaluate(
        (api, name) => api.workspace.getConfiguration('workbench').update('colorTheme', name, true),
        theme,
      );
      await panel.locator(`body.${bodyClass}`).waitFor();
      await window.screenshot(`next-tokens-korean-${bodyClass}`);
    }
    const headings = await panel.locator('h2').allInnerTexts();

    expect(headings).toHaveLength(4);
    expect(headings.filter((heading) => !/\p{Script=Hangul}/u.test(heading))).toEqual([]);
  });
});
