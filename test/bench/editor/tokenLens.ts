import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import type { Page } from 'playwright-core';
import type { OwnFigure } from '../../../src/cli/bench/benchReport.js';
import { summarize } from '../../../src/cli/bench/statistics.js';
import { launchChromium } from '../../e2e/editor/chromium.js';
import { EditorServer } from '../../e2e/editor/editorServer.js';
import { Workbench } from '../../e2e/editor/workbench.js';
import { setup } from '../../e2e/prepare.js';

const rounds = 9;
const lineCount = 10_000;
const paintLimitMs = 100;
const blockLimitMs = 16;

/** A window that has just opened goes on drawing, which takes both cores of a small machine. */
const restMs = 8_000;

/** After a jump the editor colours and folds the lines that came into view, also without a lens. */
const settleMs = 1_500;

/** How long the screen is looked at after the command. */
const watchMs = 1_000;

/** What a page has and this file uses; the compiler knows no page here. */
interface PageGlobals {
  readonly document: { querySelectorAll(selector: string): { readonly length: number } };
  readonly requestAnimationFrame: (callback: () => void) => void;
}

/** When what was on the screen; milliseconds of the system's clock. */
interface Painted {
  readonly boxesMs: number;
  readonly lineEndsMs: number;
}

/** What one round saw. */
interface Round {
  readonly paintMs: number;
  readonly lineEndsMs: number;
  readonly blockMs: number;
  /** The same while nothing is asked of it, on this machine at this time. */
  readonly idleBlockMs: number;
}

/**
 * The token lens in a file of 10,000 lines, in a real VS Code: how long from the command to the boxes on the screen, and
 * for how long at most the extension host did nothing else meanwhile. Each round looks at lines nobody looked at before.
 */
export async function measureTokenLens(): Promise<readonly OwnFigure[]> {
  await setup();
  const server = await EditorServer.start({});
  const browser = await launchChromium();
  const samples: Round[] = [];
  try {
    const folder = server.newWorkspace('tokenLens');
    writeFileSync(path.join(folder, 'large.ts'), sampleText());
    const workbench = await Workbench.open(browser, server, folder, 'large.ts');
    await delay(restMs);
    for (let round = 0; round <= rounds; round++) {
      const line = Math.round(((round + 0.5) / (rounds + 1)) * lineCount);
      // The first one starts the engine and reads the tokenizer.
      const sample = await measureRound(workbench, line, round === 0 ? 5 * watchMs : watchMs);
      if (round > 0) samples.push(sample);
    }
  } finally {
    await browser.close();
    await server.stop();
  }
  return [
    {
      id: 'tokenLensPaint',
      label: 'Token lens, 10,000 lines: command to painted tokens and blanks',
      unit: 'ms',
      value: summarize(samples.map(({ paintMs }) => paintMs)),
      limit: paintLimitMs,
    },
    {
      id: 'tokenLensLineEnds',
      label: 'Token lens, 10,000 lines: command to the last line end',
      unit: 'ms',
      value: summarize(samples.map(({ lineEndsMs }) => lineEndsMs)),
    },
    {
      id: 'tokenLensBlock',
      label: 'Token lens, 10,000 lines: longest block of the extension host',
      unit: 'ms',
      value: summarize(samples.map(({ blockMs }) => blockMs)),
      limit: blockLimitMs,
    },
    {
      id: 'tokenLensIdleBlock',
      label: '... while nothing is asked of it',
      unit: 'ms',
      value: summarize(samples.map(({ idleBlockMs }) => idleBlockMs)),
    },
  ];
}

async function measureRound(workbench: Workbench, line: number, lookMs: number): Promise<Round> {
  await workbench.evaluate((api, target) => {
    const editor = api.window.activeTextEditor!;
    editor.selection = new api.Selection(target, 0, target, 0);
    editor.revealRange(editor.selection, api.TextEditorRevealType.AtTop);
  }, line);
  await delay(settleMs);
  const idle = await watchHost(workbench, undefined, lookMs);
  const painted = whenPainted(workbench.page, lookMs);
  const { startedMs, blockMs } = await watchHost(workbench, 'glassbox.tokens.toggleLens', lookMs);
  const { boxesMs, lineEndsMs } = await painted;
  await workbench.evaluate((api) => api.commands.executeCommand('glassbox.tokens.toggleLens'));
  await delay(settleMs);
  return { paintMs: boxesMs - startedMs, lineEndsMs: lineEndsMs - startedMs, blockMs, idleBlockMs: idle.blockMs };
}

/** Runs a command, if any, and tells for how long at most the extension host did nothing else in the time after it. */
function watchHost(
  workbench: Workbench,
  command: string | undefined,
  lookMs: number,
): Promise<{ readonly startedMs: number; readonly blockMs: number }> {
  return workbench.evaluate(
    async (api, name, watchedMs) => {
      const { monitorEventLoopDelay } = process.getBuiltinModule('node:perf_hooks');
      const delays = monitorEventLoopDelay({ resolution: 1 });
      delays.enable();
      const startedMs = Date.now();
      if (name !== null) await api.commands.executeCommand(name);
      await new Promise((resolve) => setTimeout(resolve, watchedMs));
      delays.disable();
      // The monitor's timer of one millisecond counts as delay.
      return { startedMs, blockMs: delays.max / 1e6 - 1 };
    },
    command ?? null,
    lookMs,
  );
}

/**
 * Looks at every frame for a while: the first ones that had the boxes, and the line ends, of the last. Boxes may lack
 * those of a line that is only partly on the screen, which no extension is told of.
 */
function whenPainted(page: Page, watchedMs: number): Promise<Painted> {
  return page.evaluate(
    (lookMs) =>
      new Promise<Painted>((resolve, reject) => {
        const { document, requestAnimationFrame } = globalThis as unknown as PageGlobals;
        const until = Date.now() + lookMs;
        const seen: { readonly ms: number; readonly boxes: number; readonly lineEnds: number }[] = [];
        const look = (): void => {
          const boxes = document.querySelectorAll('.view-overlays .cdr').length;
          const lineEnds = document.querySelectorAll('.view-line [class*="ced-"]').length;
          seen.push({ ms: Date.now(), boxes, lineEnds });
          const last = seen.at(-1)!;
          if (last.ms < until) requestAnimationFrame(look);
          else if (last.boxes < 200 || last.lineEnds < 20) reject(new Error('The token lens painted next to nothing.'));
          else {
            resolve({
              boxesMs: seen.find(({ boxes: count }) => count >= 0.95 * last.boxes)!.ms,
              lineEndsMs: seen.find(({ lineEnds: count }) => count === last.lineEnds)!.ms,
            });
          }
        };
        look();
      }),
    watchedMs,
  );
}

function sampleText(): string {
  const lines = Array.from({ length: lineCount / 4 }, (_, index) => [
    `export function total${index}(items: readonly Item[]): number {`,
    `  const sum = items.reduce((before, { price }) => before + price * ${index}, 0);`,
    '  return sum > limit ? limit : sum; // never more than the limit',
    '}',
  ]);
  return `${lines.flat().join('\n')}\n`;
}
