import path from 'node:path';
import { makeBundles } from '../../../src/build/bundle.mjs';
import type { OwnFigure } from '../../../src/cli/bench/benchReport.js';
import { summarize } from '../../../src/cli/bench/statistics.js';
import { launchChromium } from '../../e2e/editor/chromium.js';
import { root } from '../../e2e/editor/places.js';
import { openPanel } from '../../webview/harness/openPanel.js';
import { startEngine } from '../../webview/harness/startEngine.js';
import { FakeEditor, labUnderTest } from '../../webview/tokenizationLab/labUnderTest.js';

/** Long enough to play for some seconds at full speed, with words of many merges. */
const text = 'responsibilities internationalization 안녕하세요 여러분 '.repeat(5);

/** Runs in the page: times between frames, in milliseconds, until the replay is at its end. */
const recordFrames = `new Promise((resolve) => {
  const times = [];
  const lab = document.querySelector('glassbox-tokenization-lab').shadowRoot.querySelector('glassbox-lab-replay').shadowRoot;
  const track = lab.querySelector('.track');
  const next = (time) => {
    times.push(time);
    if (track.value === track.max) resolve(times.slice(1).map((later, index) => later - times[index]));
    else requestAnimationFrame(next);
  };
  requestAnimationFrame(next);
})`;

/** Time from one frame to the next while the lab replays merges at 60 steps a second, in the bundle that ships. */
export async function measureReplayFrames(): Promise<readonly OwnFigure[]> {
  await makeBundles({ production: true });
  const engine = startEngine();
  const browser = await launchChromium();
  try {
    const editor = new FakeEditor();
    editor.show(text);
    const { page, close } = await openPanel(browser, {
      ...labUnderTest(engine, editor),
      script: path.join(root, 'dist/webview/tokenizationLab.js'),
    });
    await page.getByRole('radio', { name: 'Replay' }).check();
    await page.getByRole('group', { name: 'Replay' }).waitFor();
    // The last of the speeds: 60 steps a second.
    await page.getByRole('slider', { name: 'Speed' }).press('End');
    await page.getByRole('button', { name: 'Play' }).click();
    const intervals: readonly number[] = await page.evaluate(recordFrames);
    await close();
    return figures(intervals);
  } finally {
    await browser.close();
    await engine.dispose();
  }
}

function figures(intervals: readonly number[]): readonly OwnFigure[] {
  const slowest = intervals.toSorted((a, b) => b - a).slice(0, Math.ceil(intervals.length / 20));
  return [
    {
      id: 'replay-frame',
      label: 'Replay at 60 steps a second: from frame to frame',
      unit: 'ms',
      value: summarize(intervals),
      limit: 17,
    },
    {
      id: 'replay-slow-frame',
      label: 'The same, the slowest twentieth of the frames',
      unit: 'ms',
      value: summarize(slowest),
    },
  ];
}
