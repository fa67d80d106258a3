import { describe, expect, it } from 'vitest';
import { greedy } from '../../../src/core/sampling/samplingOptions.js';
import { bundledModel, loadedModel, noAbort } from '../modelFixtures.js';
import { explain, prompt, suggestionOf } from './explainedPrompts.js';

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
