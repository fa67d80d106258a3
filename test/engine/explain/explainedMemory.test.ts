import { describe, expect, it } from 'vitest';
import { explainedLogProb } from '../../../src/core/explain/explainedTokens.js';
import type { PromptParts } from '../../../src/core/prompt/promptParts.js';
import { greedy } from '../../../src/core/sampling/samplingOptions.js';
import { bundledModel, loadedModel, noAbort } from '../modelFixtures.js';
import { explain, occlude, prompt } from './explainedPrompts.js';

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
