import { describe, expect, it } from 'vitest';
import type {
  GenerationProgress,
  GenerationRequest,
  GenerationResult,
  StopConditions,
  StopReason,
} from '../../../src/core/completion/generation.js';
import type { PromptParts } from '../../../src/core/prompt/promptParts.js';
import { greedy } from '../../../src/core/sampling/samplingOptions.js';
import type { LoadedModel } from '../../../src/engine/models/loadedModel.js';
import { ManualClock } from '../../support/manualClock.js';
import { settledError } from '../../support/settledError.js';
import { bundledModel, decoderVariants, fixtureModel, loadedModel, noAbort } from '../modelFixtures.js';

const ignore = (): void => undefined;

const prompt: PromptParts = {
  path: 'src/list.ts',
  languageId: 'typescript',
  chunks: [],
  prefix: 'export function first(list: readonly string[]): string | undefined {\n',
  prefixStartLine: 0,
  currentLine: '  ret',
  suffix: '\n}\n',
};

const unlimited: StopConditions = {
  maxNewTokens: 16,
  singleLine: false,
  maxLines: 1000,
  stopStrings: [],
  deadlineMs: 600_000,
};

function request(change: Partial<GenerationRequest> = {}): GenerationRequest {
  return {
    prompt,
    sampling: greedy,
    stop: unlimited,
    tokenHealing: true,
    memory: 'off',
    alternativeCount: 3,
    ...change,
  };
}

/** The fixture's weights never change, so what it writes for a seed does not either. */
const stableModel = fixtureModel('tiny-fp32');

/** Nearly random text: sooner or later, for some seed, everything comes up in it. */
function randomText(model: LoadedModel, stop: Partial<StopConditions>, seed: number): Promise<GenerationResult> {
  const sampling = { temperature: 3, topK: 0, topP: 1, minP: 0, seed };
  return model.generate(request({ sampling, stop: { ...unlimited, maxNewTokens: 100, ...stop } }), ignore, noAbort);
}

/** The first random text that ends for the given reason. */
async function textThatStops(reason: StopReason, stop: Partial<StopConditions>): Promise<GenerationResult> {
  const model = await loadedModel(stableModel);
  for (let seed = 0; seed < 200; seed++) {
    const result = await randomText(model, stop, seed);
    if (result.stopReason === reason) return result;
  }
  return expect.unreachable(`no text of 200 stops for the reason ${reason}`);
}

const joined = ({ tokens }: GenerationResult): string => tokens.map((token) => token.text).join('');

describe.each([bundledModel, ...decoderVariants.map(fixtureModel)])('generation by %s', (folder) => {
  it('streams the text as it grows and ends with the result', async () => {
    const model = await loadedModel(folder);
    const seen: GenerationProgress[] = [];
    const result = await model.generate(request(), (progress) => seen.push(progress), noAbort);
    expect(seen.map((progress) => progress.tokenCount)).toEqual(seen.map((_, index) => index + 1));
    for (const [index, progress] of seen.entries()) {
      expect(progress.text.startsWith(seen[index - 1]?.text ?? '')).toBe(true);
    }
    expect(seen.at(-1)?.text ?? '').toBe(result.text);
    expect(['max-tokens', 'end-of-text']).toContain(result.stopReason);
  });

  it('begins with the bytes that healing took off the prompt', async () => {
    const model = await loadedModel(folder);
    const result = await model.generate(request(), ignore, noAbort);
    const healed = joined(result).slice(0, result.healedLength);
    expect(prompt.currentLine.endsWith(healed)).toBe(true);
    expect(joined(result).startsWith(healed + result.text.slice(0, 1))).toBe(true);
  });
});

describe('generation', () => {
  it('reuses all but what changed when the current line grows', async () => {
    const model = await loadedModel(bundledModel);
    const first = await model.generate(request({ tokenHealing: false }), ignore, noAbort);
    const longer = { ...prompt, currentLine: `${prompt.currentLine}urn` };
    const second = await model.generate(request({ tokenHealing: false, prompt: longer }), ignore, noAbort);
    expect(first.reusedTokenCount).toBe(0);
    expect(second.reusedTokenCount).toBeGreaterThanOrEqual(second.promptTokenCount - 3);
  });

  it('finds the context in the cache after a prefill', async () => {
    const model = await loadedModel(bundledModel);
    const prefilled = await model.prefill(prompt, noAbort);
    const result = await model.generate(request({ tokenHealing: false }), ignore, noAbort);
    expect(prefilled).toMatchObject({ reusedTokenCount: 0 });
    expect(result.reusedTokenCount).toBe(prefilled.promptTokenCount);
  });

  it('gives the same text for the same seed, and another for another', async () => {
    const model = await loadedModel(stableModel);
    const sample = async (seed: number): Promise<string> => {
      const sampling = { temperature: 1.5, topK: 50, topP: 0.95, minP: 0.01, seed };
      return (await model.generate(request({ sampling }), ignore, noAbort)).text;
    };
    const [first, again, other] = [await sample(1), await sample(1), await sample(2)];
    expect(first).not.toBe('');
    expect(again).toBe(first);
    expect(other).not.toBe(first);
  });

  it('keeps the alternatives by falling log-probability, the greedy choice first', async () => {
    const model = await loadedModel(bundledModel);
    const { tokens } = await model.generate(request({ tokenHealing: false, alternativeCount: 5 }), ignore, noAbort);
    for (const token of tokens) {
      const logProbs = token.alternatives.map((alternative) => alternative.logProb);
      expect(token.alternatives[0]).toMatchObject({ id: token.id, text: token.text, logProb: token.logProb });
      expect(logProbs).toEqual([...logProbs].sort((a, b) => b - a));
      expect(logProbs.reduce((sum, logProb) => sum + Math.exp(logProb), 0)).toBeLessThanOrEqual(1 + 1e-6);
    }
  });

  it('never lets a control token or a half character into the text', async () => {
    const model = await loadedModel(fixtureModel('tiny-mha-no-position-ids'));
    for (let seed = 0; seed < 20; seed++) {
      const { text } = await randomText(model, { maxNewTokens: 20 }, seed);
      expect(text).not.toMatch(/<\|/);
    }
  });

  it('stops when the context is full', async () => {
    const result = await textThatStops('context-full', {});
    expect(result.promptTokenCount + result.tokens.length).toBe(65);
  });

  it('stops before the next step once it is cancelled', async () => {
    const model = await loadedModel(stableModel);
    const cancellation = new AbortController();
    let steps = 0;
    const report = (): void => {
      steps++;
      if (steps === 3) setImmediate(() => cancellation.abort());
    };
    const error = await settledError(model.generate(request(), report, cancellation.signal));
    expect(error.code).toBe('cancelled');
    expect(steps).toBe(3);
  });

  it('is done with a cancelled request before the next one starts', async () => {
    const model = await loadedModel(stableModel);
    const cancellation = new AbortController();
    const cancelled = settledError(model.generate(request(), ignore, cancellation.signal));
    const next = model.generate(request(), ignore, noAbort);
    cancellation.abort();
    expect((await cancelled).code).toBe('cancelled');
    expect((await next).tokens.length).toBeGreaterThan(0);
  });
});

describe('stop conditions', () => {
  it('ends a single line before its line break', async () => {
    const result = await textThatStops('line-end', { singleLine: true });
    expect(result.text.trim()).not.toBe('');
    expect(result.text.trimStart()).not.toContain('\n');
  });

  it('ends after the given number of lines', async () => {
    const result = await textThatStops('max-lines', { maxLines: 2 });
    expect(result.text.split('\n')).toHaveLength(2);
  });

  it('ends before a stop string', async () => {
    const model = await loadedModel(stableModel);
    const free = await randomText(model, { maxNewTokens: 12 }, 1);
    const stopString = free.text.slice(4, 6);
    const cut = await randomText(model, { maxNewTokens: 12, stopStrings: ['\0\0\0', stopString] }, 1);
    expect(free.stopReason).toBe('max-tokens');
    expect(cut.stopReason).toBe('stop-string');
    expect(cut.text).toBe(free.text.slice(0, free.text.indexOf(stopString)));
    expect(free.tokens.slice(0, cut.tokens.length)).toEqual(cut.tokens);
  });

  it('ends at the deadline with what there is', async () => {
    const clock = new ManualClock();
    const model = await loadedModel(stableModel, clock);
    const late = ({ tokenCount }: GenerationProgress): void => {
      if (tokenCount === 3) void clock.advance(100);
    };
    const result = await model.generate(request({ stop: { ...unlimited, deadlineMs: 100 } }), late, noAbort);
    expect(result.stopReason).toBe('deadline');
    expect(result.tokens.length).toBeLessThanOrEqual(4);
  });

  it('says that the model ended the text itself', async () => {
    const result = await textThatStops('end-of-text', {});
    expect(result.text).not.toContain('<|');
  });
});
