import { describe, expect, it } from 'vitest';
import { explainedLogProb, sharedTokenCount } from '../../../src/core/explain/explainedTokens.js';
import type { OcclusionProgress } from '../../../src/core/explain/occlusion.js';
import type { OcclusionUnit } from '../../../src/core/explain/occlusionUnits.js';
import type { PromptParts } from '../../../src/core/prompt/promptParts.js';
import { greedy } from '../../../src/core/sampling/samplingOptions.js';
import { settledError } from '../../support/settledError.js';
import { bundledModel, decoderVariants, fixtureModel, loadedModel, noAbort } from '../modelFixtures.js';
import { explain, occlude, prompt, small, suggestionOf, turn } from './explainedPrompts.js';

const promptOf = (folder: string): PromptParts => (folder === bundledModel ? prompt : small);

describe('the prompt part by part', () => {
  it('adds up to the tokens that the model got, and says what was cut', async () => {
    const model = await loadedModel(fixtureModel('tiny-fp32'));
    const long = { ...prompt, prefix: prompt.prefix.repeat(40), suffix: prompt.suffix.repeat(80), prefixStartLine: 16 };
    const target = { text: 'sks', ids: [], from: 0 };
    const { prompt: layout } = await explain(model, long, target);
    const result = await model.generate(
      {
        prompt: long,
        sampling: greedy,
        stop: { maxNewTokens: 1, singleLine: true, maxLines: 1, stopStrings: [], deadlineMs: 60_000 },
        memory: 'off',
        tokenHealing: false,
        alternativeCount: 0,
      },
      () => undefined,
      noAbort,
    );
    const sum = layout.parts.reduce((total, { tokenCount }) => total + tokenCount, 0);
    expect([sum, layout.tokenCount]).toEqual([result.promptTokenCount, result.promptTokenCount]);
    const textOf = (kind: string): string => layout.parts.find((part) => part.kind === kind)?.text ?? '';
    expect(long.prefix.endsWith(textOf('prefix'))).toBe(true);
    expect(long.suffix.startsWith(textOf('suffix'))).toBe(true);
    expect(layout.cut.prefixLength + textOf('prefix').length).toBe(long.prefix.length);
    expect(layout.cut.suffixLength + textOf('suffix').length).toBe(long.suffix.length);
    expect(layout.prefixStartLine).toBe(16 + layout.cut.prefixLines);
    expect(layout.cut.prefixLines).toBeGreaterThan(0);
  });
});

describe('leaving out', () => {
  it.each([...decoderVariants.map(fixtureModel), bundledModel])(
    'gives to the bit what scoring the prompt without that part gives from scratch (%s)',
    async (folder) => {
      const model = await loadedModel(folder);
      const parts = promptOf(folder);
      const target = await suggestionOf(model, parts);
      const contrastText = 'sks.length;';
      const scratch = async (asked: PromptParts): Promise<readonly [number, number]> => {
        // Every explanation begins with an empty cache.
        const explained = await explain(model, asked, target, { contrastText });
        const first = sharedTokenCount(explained.tokens, explained.contrastTokens);
        const lead = explainedLogProb(explained.tokens, first) - explainedLogProb(explained.contrastTokens, first);
        return [explainedLogProb(explained.tokens), lead];
      };
      const occlusion = await occlude(model, parts, target, contrastText);
      const [logProb, lead] = await scratch(parts);

      expect(occlusion.logProb).toBe(logProb);
      expect(occlusion.contrast!.logProb - occlusion.contrast!.otherLogProb).toBe(lead);
      expect(occlusion.results.map(({ unit }) => unit.part)).toEqual(
        expect.arrayContaining(['prefix', 'suffix', 'chunk', 'path']),
      );
      expect(occlusion.runCount).toBe(occlusion.results.length + 1);
      for (const { unit, change, contrastChange } of occlusion.results) {
        const [without, leadWithout] = await scratch(withoutByHand(parts, unit));
        expect(change).toBe(without - logProb);
        expect(contrastChange).toBe(leadWithout - lead);
      }
    },
  );

  it('reads again only what comes after the part', async () => {
    const model = await loadedModel(bundledModel);
    const long = { ...prompt, prefix: prompt.prefix.repeat(7) };
    const target = await suggestionOf(model, long);
    const { readTokenCount, runCount } = await model.explainer.occlude(
      { prompt: long, target, contrastText: '' },
      'grouped',
      () => undefined,
      turn,
    );
    const { prompt: layout } = await explain(model, long, target);
    expect(layout.tokenCount).toBeGreaterThan(400);
    expect(readTokenCount).toBeLessThan(0.75 * runCount * layout.tokenCount);
  });

  it('reports the nearest lines first and never goes back', async () => {
    const model = await loadedModel(fixtureModel('tiny-fp32'));
    const reports: OcclusionProgress[] = [];
    const { results } = await occlude(model, small, await suggestionOf(model, small), '', (progress) =>
      reports.push(progress),
    );
    const streamed = reports.flatMap((report) => report.results);
    const prefix = streamed.flatMap(({ unit }) => (unit.part === 'prefix' ? [unit.start] : []));
    expect(streamed).toEqual(results);
    expect(prefix).toEqual([...prefix].sort((left, right) => right - left));
    expect(reports.map(({ doneRuns }) => doneRuns)).toEqual(
      [...reports.map(({ doneRuns }) => doneRuns)].sort((a, b) => a - b),
    );
    expect(reports.at(-1)).toMatchObject({ doneRuns: results.length + 1, totalRuns: results.length + 1 });
  });

  it('ends in the middle when it is cancelled, and can be asked again', async () => {
    const model = await loadedModel(fixtureModel('tiny-fp32'));
    const target = await suggestionOf(model, small);
    const controller = new AbortController();
    let count = 0;
    const stopAtThird = ({ results }: OcclusionProgress): void => {
      count += results.length;
      if (count === 3) controller.abort();
    };
    const error = await settledError(
      model.explainer.occlude({ prompt: small, target, contrastText: '' }, 'grouped', stopAtThird, {
        ...turn,
        signal: controller.signal,
      }),
    );
    expect([error.code, count]).toEqual(['cancelled', 3]);
    expect((await occlude(model, small, target)).results.length).toBeGreaterThan(3);
  });

  it('leaves the keys and values of completion alone, and lets completions through between two runs', async () => {
    const model = await loadedModel(fixtureModel('tiny-fp32'));
    const target = await suggestionOf(model, small);
    const held = model.cachedTokenCount;
    let completions = 0;
    const giveWay = async (): Promise<void> => {
      if (completions++ === 3) await suggestionOf(model, small);
    };
    const interrupted = await model.explainer.occlude(
      { prompt: small, target, contrastText: '' },
      'grouped',
      () => undefined,
      {
        signal: noAbort,
        giveWay,
      },
    );
    expect(completions).toBeGreaterThan(4);
    expect(model.cachedTokenCount).toBe(held);
    expect(interrupted).toEqual(await occlude(model, small, target));
  });
});

/** The same as the engine's leaving out, on the text of the parts and written down anew. */
function withoutByHand(parts: PromptParts, { part, start, end }: OcclusionUnit): PromptParts {
  if (part === 'path') return { ...parts, path: '' };
  if (part === 'chunk') return { ...parts, chunks: parts.chunks.filter((_, index) => index !== start) };
  const keep = (text: string): string =>
    text
      .split('\n')
      .filter((_, line) => line < start || line >= end)
      .join('\n');
  return part === 'prefix' ? { ...parts, prefix: keep(parts.prefix) } : { ...parts, suffix: keep(parts.suffix) };
}
