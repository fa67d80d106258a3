import { describe, expect, it } from 'vitest';
import { explainedLogProb, sharedTokenCount, type ExplainTarget } from '../../../src/core/explain/explainedTokens.js';
import type { Occlusion, OcclusionProgress } from '../../../src/core/explain/occlusion.js';
import type { OcclusionUnit } from '../../../src/core/explain/occlusionUnits.js';
import type { PromptParts } from '../../../src/core/prompt/promptParts.js';
import { greedy } from '../../../src/core/sampling/samplingOptions.js';
import type { LoadedModel } from '../../../src/engine/models/loadedModel.js';
import type { SuggestionExplanation, SuggestionParams } from '../../../src/protocol/explainContract.js';
import { settledError } from '../../support/settledError.js';
import { bundledModel, decoderVariants, fixtureModel, loadedModel, noAbort } from '../modelFixtures.js';

const turn = { signal: noAbort, giveWay: () => Promise.resolve() };

const prompt: PromptParts = {
  path: 'src/tasks.ts',
  languageId: 'typescript',
  chunks: [{ path: 'src/titles.ts', text: 'export const firstTitle = (tasks: Task[]) => tasks[0].title;' }],
  prefix:
    'interface Task {\n  title: string;\n  done: boolean;\n}\n\nexport function openTasks(tasks: Task[]): Task[] {\n  return tasks.filter((task) => !task.done);\n}\n\nexport function titles(tasks: Task[]): string[] {\n',
  prefixStartLine: 0,
  currentLine: '  return ta',
  suffix: '\n}\n\nexport const 이름 = "🙂";\n',
};

/** The same in few words, for models with a context of 128 tokens. */
const small: PromptParts = {
  ...prompt,
  path: 'a.ts',
  chunks: [{ path: 'b', text: 'x' }],
  prefix: 'ab\n\ncd\nef\n',
  currentLine: 'g',
  suffix: '\nh\n',
};

const promptOf = (folder: string): PromptParts => (folder === bundledModel ? prompt : small);

/** What the model writes here, as the completion would ask for it. */
async function suggestionOf(model: LoadedModel, parts: PromptParts): Promise<ExplainTarget> {
  const { text, tokens } = await model.generate(
    {
      prompt: parts,
      sampling: greedy,
      stop: { maxNewTokens: 6, singleLine: false, maxLines: 10, stopStrings: [], deadlineMs: 60_000 },
      memory: 'off',
      tokenHealing: true,
      alternativeCount: 3,
    },
    () => undefined,
    noAbort,
  );
  return { text, ids: tokens.map(({ id }) => id), from: 0 };
}

/** Its tokens as the panel asks for them. */
function explain(
  model: LoadedModel,
  parts: PromptParts,
  target: ExplainTarget,
  changes: Partial<SuggestionParams> = {},
): Promise<SuggestionExplanation> {
  const asked = { alternativeCount: 0, memory: 'off', singleLine: true } as const;
  return model.explainer.explain({ prompt: parts, target, contrastText: '', ...asked, ...changes }, turn);
}

function occlude(
  model: LoadedModel,
  parts: PromptParts,
  target: ExplainTarget,
  contrastText = '',
  report: (progress: OcclusionProgress) => void = () => undefined,
): Promise<Occlusion> {
  return model.explainer.occlude({ prompt: parts, target, contrastText }, 'grouped', report, turn);
}

describe('tokens of a suggestion', () => {
  it('have the probabilities with which the model wrote them, and its alternatives', async () => {
    const model = await loadedModel(bundledModel);
    const { tokens, text } = await model.generate(
      {
        prompt,
        sampling: greedy,
        stop: { maxNewTokens: 12, singleLine: true, maxLines: 1, stopStrings: [], deadlineMs: 60_000 },
        memory: 'off',
        tokenHealing: true,
        alternativeCount: 5,
      },
      () => undefined,
      noAbort,
    );
    const target = { text, ids: tokens.map(({ id }) => id), from: 0 };
    const explained = await explain(model, prompt, target, { alternativeCount: 5 });

    expect(explained.tokens.map(({ id }) => id)).toEqual(target.ids.slice(0, explained.tokens.length));
    for (const [index, token] of explained.tokens.entries()) {
      expect(Math.abs(token.logProb - tokens[index]!.logProb)).toBeLessThan(0.02);
      expect(token.alternatives.map(({ id }) => id)).toEqual(tokens[index]!.alternatives.map(({ id }) => id));
      expect(token.rank).toBeGreaterThanOrEqual(1);
      expect(token.allowedLogProb).toBeLessThanOrEqual(1e-4);
      expect(token.logProb).toBeLessThanOrEqual(token.allowedLogProb + 1e-4);
    }
    // "ta" was taken back and written again, so the first token begins left of the cursor.
    expect(explained.healedTokenCount).toBeGreaterThan(0);
    expect(explained.tokens[0]!.start).toBeLessThan(0);
    expect(explained.tokens[0]!.allowedLogProb).toBeLessThan(0);
    expect(explained.tokens.at(-1)!.end).toBe(text.length);
  });

  it('are made by the tokenizer when the model’s own are not known, with the same result', async () => {
    const model = await loadedModel(bundledModel);
    const target = await suggestionOf(model, prompt);
    const own = await explain(model, prompt, target);
    const made = await explain(model, prompt, { ...target, ids: [] });
    const wrong = await explain(model, prompt, { ...target, ids: [5, 6] });
    expect(made.tokens).toEqual(own.tokens);
    expect(wrong.tokens).toEqual(own.tokens);
  });

  it('do not count before the place up to which the user typed', async () => {
    const model = await loadedModel(bundledModel);
    const target = await suggestionOf(model, prompt);
    const { tokens } = await explain(model, prompt, { ...target, from: 4 });
    expect(tokens.map(({ counts }) => counts)).toEqual(
      tokens.map(({ start, end }) => end > 4 || (start === end && start >= 4)),
    );
    expect(tokens.some(({ counts }) => !counts)).toBe(true);
  });

  it('tile the text, also where a character is several tokens', async () => {
    const model = await loadedModel(bundledModel);
    const text = 'sks("이름 👩‍👩‍👧 é");\n';
    const { tokens } = await explain(model, prompt, { text, ids: [], from: 0 });
    for (const [index, { start }] of tokens.entries()) if (index > 0) expect(start).toBe(tokens[index - 1]!.end);
    expect(tokens.at(-1)!.end).toBe(text.length);
  });
});

describe('what memory had to do with a suggestion', () => {
  const path = 'src/quarrel.ts';
  const remembering: PromptParts = {
    ...prompt,
    prefix: `export const quarrel = zebraFold(marbles, 77, "kettle");\n\n${prompt.prefix}`,
    currentLine: '  const quarrel = zeb',
    suffix: '\n  return wren;\n}\n',
  };
  const files = [{ path: 'src/wren.ts', text: 'const wren = 4;\nsetUp(marbles, 77, "kettle").thenFly(wren);\n' }];

  it.each([
    ['file', true],
    ['workspace', true],
    ['workspace', false],
  ] as const)('is told as it was when it was written: %s, one line: %s', async (memory, singleLine) => {
    const model = await loadedModel(bundledModel);
    model.memory.remember(files);
    const { tokens, text } = await model.generate(
      {
        prompt: remembering,
        sampling: greedy,
        stop: { maxNewTokens: 20, singleLine, maxLines: 4, stopStrings: [], deadlineMs: 60_000 },
        memory,
        tokenHealing: true,
        alternativeCount: 5,
      },
      () => undefined,
      noAbort,
    );
    const target = { text, ids: tokens.map(({ id }) => id), from: 0 };
    const explained = await explain(model, remembering, target, { memory, singleLine, alternativeCount: 5 });
    expect(explained.tokens.map(({ id }) => id)).toEqual(target.ids.slice(0, explained.tokens.length));
    for (const [index, { remembered, logProb }] of explained.tokens.entries()) {
      const written = tokens[index]!;
      expect(remembered!.place).toEqual(written.remembered!.place);
      expect(remembered!.logProb).toBeCloseTo(written.remembered!.logProb, 2);
      expect(remembered!.share).toBeCloseTo(written.remembered!.share, 2);
      // The model's own probability stays beside it, untouched.
      expect(logProb).toBeCloseTo(written.logProb, 2);
    }
    expect(explained.tokens.filter(({ remembered }) => remembered!.share >= 0.5).length).toBeGreaterThan(4);
    expect(explained.tokens[1]!.remembered!.place).toMatchObject({ source: 'file', path: prompt.path, line: 0 });
  });

  it('is also told about another text, and not at all where nothing was remembered', async () => {
    const model = await loadedModel(bundledModel);
    model.memory.remember([{ path, text: 'const quarrel = zebraCrossing(7);\n' }]);
    const target = { text: 'raFold(marbles, 77, "kettle");', ids: [], from: 0 };
    const asked = { memory: 'workspace', contrastText: 'raCrossing(7);' } as const;
    const both = await explain(model, remembering, target, asked);
    expect(both.contrastTokens.at(-2)!.remembered!.place).toMatchObject({ source: 'workspace', path, line: 0 });
    const alone = await explain(model, remembering, target, { ...asked, memory: 'off' });
    expect(alone.tokens.map(({ logProb }) => logProb)).toEqual(both.tokens.map(({ logProb }) => logProb));
    for (const token of [...alone.tokens, ...alone.contrastTokens]) expect(token).not.toHaveProperty('remembered');
  });

  it('is left out of what leaving out parts measures', async () => {
    const model = await loadedModel(bundledModel);
    const target = { text: 'raFold(', ids: [], from: 0 };
    const { tokens } = await explain(model, remembering, target, { memory: 'file' });
    const { logProb } = await occlude(model, remembering, target);
    expect(logProb).toBeCloseTo(explainedLogProb(tokens), 5);
  });
});

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
