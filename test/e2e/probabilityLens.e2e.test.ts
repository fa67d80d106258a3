import { beforeAll, describe, expect, it } from 'vitest';
import { engineProcesses } from './editor/engineProcesses.js';
import { paintedLine, type PaintedBox } from './editor/paintedLine.js';
import { until } from './editor/until.js';
import { withEditor } from './editor/withEditor.js';
import type { Workbench } from './editor/workbench.js';

const editor = withEditor();
let window: Workbench;

beforeAll(async () => {
  window = await editor.open('probability', 'src/tasks.ts');
});

/** Waits until a line has boxes. */
function painted(text: string): Promise<readonly PaintedBox[]> {
  return until(`"${text}" is painted`, async () => {
    const boxes = await paintedLine(window.page, text);
    return boxes.length > 0 ? boxes : undefined;
  });
}

/** The greatest opacity of the boxes, by which the scale rises. */
function strongest(boxes: readonly PaintedBox[]): number {
  return Math.max(...boxes.map(({ background }) => Number(/, ([\d.]+)\)$/.exec(background)?.[1] ?? 1)));
}

describe('the probability lens', () => {
  it('is off until it is switched on, and then paints what surprises more strongly', async () => {
    await window.openFile('scripts/report.py');
    await window.press('Control+Home');
    const before = await paintedLine(window.page, 'from datetime import date');
    await window.runCommand('Glassbox: Toggle Probability Lens');

    await painted('from datetime import date');
    await until('the file is read', async () => /perplexity [\d.]+/.test(await window.lensItem().innerText()));
    await window.screenshot('probability-lens-dark');

    expect(before).toEqual([]);
  });

  it('lists in the hover what the model would rather have written', async () => {
    const hover = await window.hoverOver('datetime', 3);
    await window.screenshot('probability-lens-hover');

    expect(hover).toMatch(/" datetime"\s+[\d.]+ bits of surprisal/);
    expect(hover).toMatch(/Probability (< )?[\d.]+%, rank [\d,]+/);
    expect(hover).toMatch(/The 6 likeliest cover \d+(\.\d+)?%/);
    expect(hover).toContain('no sign of a mistake');
  });

  it('tells perplexity and bits per byte of the file and of the selection, and shows the scale', async () => {
    await window.press('Control+Home');
    await window.press('Shift+ArrowDown');
    const label = (): Promise<string | null> => window.lensItem().locator('a').getAttribute('aria-label');
    await until('the selection is there', async () => (await label())?.includes('Selection: perplexity'));

    await window.lensItem().hover();
    const tooltip = window.page.locator('.monaco-hover:visible', { hasText: 'Surprisal of each token' });
    await tooltip.waitFor();
    await window.screenshot('probability-lens-legend');

    expect(await label()).toMatch(/File: perplexity [\d.]+, [\d.]+ bits per byte, \d+ tokens/);
    expect(await tooltip.innerText()).toMatch(/13 bits and more/);
    await window.page.mouse.move(600, 400);
  });

  it('follows an edit', async () => {
    await window.press('Control+End');
    await window.type('\nzebra quantum 71\n');

    const surprising = strongest(await painted('zebra quantum 71'));

    expect(surprising).toBeGreaterThan(strongest(await painted('    return counts')));
  });

  it('goes on after the engine was killed while it was painting', async () => {
    const [killed] = engineProcesses(editor.server.pid);
    process.kill(killed!, 'SIGSTOP');
    await window.type('\nimport sys\nblue = walrus\n');
    process.kill(killed!, 'SIGKILL');
    await until('another engine runs', () => engineProcesses(editor.server.pid).some((pid) => pid !== killed));

    expect((await painted('blue = walrus')).length).toBeGreaterThan(0);
  });

  it('reads of a large file what is seen, and says so', async () => {
    await window.openText('const total = items.map((item) => item.price * 1.2);\n'.repeat(10_000));
    await window.runCommand('Glassbox: Toggle Probability Lens');
    await window.page.locator('.view-overlays .cdr').nth(10).waitFor();

    await until('it says so', async () =>
      (await window.lensItem().locator('a').getAttribute('aria-label'))?.includes('only what is seen is read'),
    );
    expect(await window.notifications().count()).toBe(0);
  });

  it('shows no secrets to a model', async () => {
    await window.openFile('.env');
    await window.runCommand('Glassbox: Toggle Probability Lens');
    await until('it says so', async () =>
      (await window.lensItem().locator('a').getAttribute('aria-label'))?.includes(
        '.env looks like a file with secrets',
      ),
    );
    await window.screenshot('probability-lens-secret');

    expect(await window.page.locator('.view-overlays .cdr').count()).toBe(0);
  });
});
