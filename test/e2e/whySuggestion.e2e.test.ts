import { beforeAll, describe, expect, it } from 'vitest';
import { engineProcesses } from './editor/engineProcesses.js';
import { until } from './editor/until.js';
import { withEditor } from './editor/withEditor.js';
import type { Workbench } from './editor/workbench.js';

const figure = /[\u2212+]\d+\.\d\d/g;
const command = 'Glassbox: Why This Suggestion?';

/** Figures that are drawn after the lines on the screen; they are content of styles. */
async function figuresIn(window: Workbench): Promise<readonly string[]> {
  const drawn = await window.page.evaluate<string[]>(
    `[...document.querySelectorAll('.editor-instance .view-lines .view-line span')]
      .map((span) => getComputedStyle(span, '::after').content)`,
  );
  return drawn.flatMap((content) => content.match(figure) ?? []);
}

async function typeSuggestion(window: Workbench, name: string): Promise<string> {
  await window.openFile('src/tasks.ts');
  return window.typeUntilGhost(
    `\nexport function ${name}(tasks: Task[]): Task[] {\nreturn tasks.`,
    'filter((task) => task.done',
  );
}

async function measured(window: Workbench): Promise<void> {
  await window.panel().locator('.change').first().waitFor();
  await until('everything is measured', async () => {
    const status = await window.panel().locator('section [role="status"]').allInnerTexts();
    return status.some((text) => /\d.*(runs|실행)/.test(text));
  });
}

describe('why this suggestion?', () => {
  const editor = withEditor({ settings: { 'glassbox.completion.multiLine': 'never' } });
  let window: Workbench;

  beforeAll(async () => {
    window = await editor.open('why', 'src/tasks.ts');
  });

  it('says what to do when nothing was suggested yet', async () => {
    await window.runCommand(command);
    expect(await window.notifications().first().innerText()).toContain('There is no suggestion to explain yet.');
    await window.evaluate((api) => void api.commands.executeCommand('notifications.clearAll'));
  });

  it('shows tokens and prompt, and marks the lines that the suggestion came from', async () => {
    const ghost = await typeSuggestion(window, 'doneTasks');
    await window.runCommand(command);
    const panel = window.panel();
    const tokens = panel.getByRole('listbox', { name: 'Tokens of the suggestion' }).getByRole('option');
    await tokens.first().waitFor();
    const text = (await tokens.allInnerTexts()).join('').replaceAll('·', ' ');
    expect(text).toContain(ghost.trim().slice(0, 4));
    expect(await panel.getByText('Lines before', { exact: true }).count()).toBe(1);
    await measured(window);
    const figures = await until('lines are marked', async () => {
      const found = await figuresIn(window);
      return found.length > 0 ? found : undefined;
    });
    await window.screenshot('why-dark');

    // The strongest of the list is among the marks, to the digit, when its line is on the screen.
    const listed = await panel.locator('.change:not(:disabled) .figure').allInnerTexts();
    expect(figures.filter((one) => !listed.includes(one))).toEqual([]);
  });

  it('takes the marks away on request', async () => {
    await window.runCommand('Glassbox: Clear the Marks of Why This Suggestion');
    await until('the marks are gone', async () => (await figuresIn(window)).length === 0);
    expect(await window.panel().getByRole('checkbox').first().getAttribute('aria-checked')).toBe('false');
  });

  it('explains what was accepted, after the text has moved on', async () => {
    await typeSuggestion(window, 'openTasks');
    await window.press('Tab');
    await window.type('\n// went on');
    await window.runCommand(command);
    await window.panel().getByText('Accepted.').waitFor();
    await measured(window);
    await until('lines are marked', async () => (await figuresIn(window)).length > 0);
  });

  it('says so when the engine is killed meanwhile, and explains when asked again', async () => {
    await typeSuggestion(window, 'lateTasks');
    const [killed] = engineProcesses(editor.server.pid);
    // A stopped engine cannot answer, so the question is certain to be in flight when the engine is killed.
    process.kill(killed!, 'SIGSTOP');
    await window.runCommand(command);
    await window.panel().getByText('Asking the model').waitFor();
    process.kill(killed!, 'SIGKILL');
    const alert = window.panel().getByRole('alert');
    await alert.waitFor();
    const told = await alert.innerText();
    await window.screenshot('why-engine-killed');

    await window.panel().getByRole('button', { name: 'Try Again' }).click();
    await measured(window);

    expect(told).toMatch(/engine/i);
    expect(await alert.count()).toBe(0);
  });
});

describe('in Korean and in every theme', () => {
  const editor = withEditor({ settings: { 'glassbox.completion.multiLine': 'never' }, locale: 'ko' });

  it('marks lines and speaks Korean', async () => {
    const window = await editor.open('why-ko', 'src/tasks.ts');
    await typeSuggestion(window, 'doneTasks');
    await window.evaluate((api) => void api.commands.executeCommand('glassbox.why.explainSuggestion'));
    await measured(window);
    await until('lines are marked', async () => (await figuresIn(window)).length > 0);
    for (const [theme, kind] of [
      ['Default Light Modern', 'vs'],
      ['Default High Contrast', 'hc-black'],
      ['Default High Contrast Light', 'hc-light'],
    ] as const) {
      await window.evaluate(
        (api, name) => api.workspace.getConfiguration('workbench').update('colorTheme', name, true),
        theme,
      );
      await until('the theme is on', () => window.page.locator(`.monaco-workbench.${kind}`).count());
      await window.screenshot(`why-ko-${kind}`);
    }
    const headings = await window.panel().locator('h2').allInnerTexts();
    expect(headings.length).toBeGreaterThan(4);
    expect(headings.filter((heading) => !/\p{Script=Hangul}/u.test(heading))).toEqual([]);
  });
});
