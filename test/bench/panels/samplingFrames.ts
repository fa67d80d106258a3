import path from 'node:path';
import { makeBundles } from '../../../src/build/bundle.mjs';
import type { OwnFigure } from '../../../src/cli/bench/benchReport.js';
import { summarize } from '../../../src/cli/bench/statistics.js';
import { describeTokens } from '../../../src/core/nextTokens/tokenDescriptions.js';
import { mostLikely } from '../../../src/core/sampling/mostLikely.js';
import { createRandom } from '../../../src/core/sampling/random.js';
import { encodeUtf8 } from '../../../src/core/text/utf8.js';
import type { NextTokens } from '../../../src/protocol/nextTokensContract.js';
import type { NextTokensPanelContract, PlaceState } from '../../../src/protocol/panels/nextTokensPanelContract.js';
import { nextTokensPanelParamSchemas } from '../../../src/protocol/panels/nextTokensPanelParams.js';
import type { RpcHandlers } from '../../../src/protocol/rpcContract.js';
import { launchChromium } from '../../e2e/editor/chromium.js';
import { root } from '../../e2e/editor/places.js';
import { openPanel } from '../../webview/harness/openPanel.js';

/** As large as those of the models that write code best. */
const vocabularySize = 150_000;

const place: PlaceState = {
  kind: 'place',
  place: {
    uri: 'file:///bench.ts',
    fileName: 'bench.ts',
    line: 0,
    character: 0,
    before: '',
    after: '',
    digest: 'bench',
    modelName: 'bench',
    contextLength: 1024,
    fillsInTheMiddle: true,
    isOutdated: false,
  },
};

/** Runs in the page: moves each slider from end to end, a step a frame, and takes the times between frames. */
const dragSliders = `new Promise((resolve) => {
  const sliders = document.querySelector('glassbox-next-tokens').shadowRoot.querySelectorAll('input[type=range]');
  const framesEach = 120;
  const times = [];
  let frame = 0;
  const next = (time) => {
    times.push(time);
    const slider = sliders[Math.floor(frame / framesEach)];
    if (slider === undefined) {
      resolve(times.slice(1).map((later, index) => later - times[index]));
      return;
    }
    slider.value = Number(slider.min) + ((frame % framesEach) + 1) / framesEach * (slider.max - slider.min);
    slider.dispatchEvent(new InputEvent('input'));
    frame++;
    requestAnimationFrame(next);
  };
  requestAnimationFrame(next);
})`;

/**
 * Time from one frame to the next while the sliders of the next-token panel are dragged, over a vocabulary of 150,000
 * tokens and 200 bars, in the bundle that ships.
 */
export async function measureSamplingFrames(): Promise<readonly OwnFigure[]> {
  await makeBundles({ production: true });
  const browser = await launchChromium();
  try {
    const { page, close } = await openPanel<NextTokensPanelContract>(browser, {
      script: path.join(root, 'dist/webview/nextTokens.js'),
      schemas: nextTokensPanelParamSchemas,
      handlers: handlersOf(distribution()),
    });
    for (const count of [50, 100, 200]) await page.getByRole('button', { name: `Show ${String(count)}` }).click();
    const intervals: readonly number[] = await page.evaluate(dragSliders);
    await close();
    return figures(intervals);
  } finally {
    await browser.close();
  }
}

function handlersOf(answer: NextTokens): RpcHandlers<NextTokensPanelContract> {
  return {
    'nextTokens/follow': (_params, { report }) => {
      report(place);
      return new Promise<never>(() => undefined);
    },
    'nextTokens/predict': () => Promise.resolve(answer),
    'nextTokens/insert': () => Promise.resolve({ kind: 'inserted' }),
    'nextTokens/reveal': () => Promise.resolve(null),
  };
}

/** A row as models give it: few likely tokens, and a long tail. */
function distribution(): NextTokens {
  const random = createRandom(1);
  const logProbs = Float32Array.from({ length: vocabularySize }, () => -4 - 12 * random() - 3 * random() ** 8);
  return {
    logProbs,
    contextTokenCount: 1,
    reusedTokenCount: 0,
    tokens: describeTokens(mostLikely(logProbs, 200), (id) => ({
      bytes: encodeUtf8(` token${String(id)}`),
      controlName: null,
    })),
    repeatedBytes: new Uint8Array(0),
    allowedIds: null,
  };
}

function figures(intervals: readonly number[]): readonly OwnFigure[] {
  const slowest = intervals.toSorted((a, b) => b - a).slice(0, Math.ceil(intervals.length / 20));
  return [
    {
      id: 'sampling-frame',
      label: 'Sampling sliders dragged over 150,000 tokens: from frame to frame',
      unit: 'ms',
      value: summarize(intervals),
      limit: 17,
    },
    {
      id: 'sampling-slow-frame',
      label: 'The same, the slowest twentieth of the frames',
      unit: 'ms',
      value: summarize(slowest),
    },
  ];
}
