import { describe, expect, it } from 'vitest';
import type { StopConditions } from '../../../src/core/completion/generation.js';
import { descriptionOf } from '../../../src/core/nextTokens/tokenDescriptions.js';
import type { PromptParts } from '../../../src/core/prompt/promptParts.js';
import { chooseToken } from '../../../src/core/sampling/chooseToken.js';
import { createRandom } from '../../../src/core/sampling/random.js';
import { greedy, type SamplingOptions } from '../../../src/core/sampling/samplingOptions.js';
import type { ScoredTokens } from '../../../src/core/scores/scoredTokens.js';
import type { LoadedModel } from '../../../src/engine/models/loadedModel.js';
import type { NextTokenContext, NextTokens } from '../../../src/protocol/nextTokensContract.js';
import { settledError } from '../../support/settledError.js';
import { bundledModel, fixtureModel, loadedModel, noAbort } from '../modelFixtures.js';

const turn = { signal: noAbort, giveWay: (): Promise<void> => Promise.resolve() };

const prompt: PromptParts = {
  path: 'src/list.ts',
  languageId: 'typescript',
  chunks: [],
  prefix: 'export function first(list: readonly string[]): string | undefined {\n',
  prefixStartLine: 0,
  currentLine: '  ret',
  suffix: '\n}\n',
};
const blank: PromptParts = { ...prompt, currentLine: '', suffix: '' };

const unlimited: StopConditions = {
  maxNewTokens: 12,
  singleLine: false,
  maxLines: 1000,
  stopStrings: [],
  deadlineMs: 600_000,
};

function predict(model: LoadedModel, context: NextTokenContext, branch: readonly number[] = []): Promise<NextTokens> {
  return model.analyst.predictNext({ context, branch, topCount: 20 }, turn);
}

/** What the panel does when it draws: one prediction a token. */
async function draw(model: LoadedModel, sampling: SamplingOptions, count: number): Promise<number[]> {
  const random = createRandom(sampling.seed);
  const branch: number[] = [];
  while (branch.length < count) {
    const { logProbs, allowedIds } = await predict(model, { kind: 'prompt', prompt }, branch);
    branch.push(chooseToken(logProbs, sampling, random, allowedIds ?? undefined));
  }
  return branch;
}

describe('tokens drawn one by one', () => {
  it.each<[string, SamplingOptions]>([
    ['greedily', greedy],
    ['with all filters', { temperature: 1.3, topK: 40, topP: 0.95, minP: 0.02, seed: 5 }],
    ['hot', { temperature: 2, topK: 0, topP: 1, minP: 0, seed: 9 }],
  ])('are those of the engine: %s', async (_, sampling) => {
    const model = await loadedModel(bundledModel);
    const request = {
      prompt,
      sampling,
      stop: unlimited,
      memory: 'off',
      tokenHealing: true,
      alternativeCount: 0,
    } as const;
    const { tokens } = await model.generate(request, () => undefined, noAbort);

    const drawn = await draw(model, sampling, tokens.length);

    expect(tokens.length).toBeGreaterThan(3);
    expect(drawn).toEqual(tokens.map(({ id }) => id));
  });
});

describe('the log-probabilities of a branch', () => {
  it('are those of the same tokens when the text is scored', async () => {
    const model = await loadedModel(bundledModel);
    const text = 'const total = items.length;\nreturn total;\n';
    const pieces: ScoredTokens[] = [];
    await model.analyst.score({ text, topCount: 1 }, (piece) => pieces.push(piece), turn);
    const { ids, logProbs } = pieces[0]!;

    for (let token = 1; token < ids.length; token++) {
      const context = { kind: 'text', text: '' } as const;
      const next = await predict(model, context, Array.from(ids.subarray(0, token)));
      expect(Math.abs(next.logProbs[ids[token]!]! - logProbs[token]!)).toBeLessThan(0.02);
    }
    expect(pieces).toHaveLength(1);
  });

  it('are probabilities', async () => {
    const { logProbs } = await predict(await loadedModel(bundledModel), { kind: 'prompt', prompt });

    expect(logProbs.reduce((sum, logProb) => sum + Math.exp(logProb), 0)).toBeCloseTo(1, 3);
  });
});

describe('a cursor inside a token', () => {
  it('allows what begins with the part that is there, and nothing once it is repeated', async () => {
    const model = await loadedModel(bundledModel);

    const first = await predict(model, { kind: 'prompt', prompt });
    const repeated = new TextDecoder().decode(first.repeatedBytes);
    const start = new TextDecoder().decode(descriptionOf(first.tokens, first.allowedIds![0]!)?.bytes);
    const [likeliest] = first.tokens.ids.filter((id) => first.logProbs[id] === largestOf(first));
    const second = await predict(model, { kind: 'prompt', prompt }, [likeliest!]);

    expect('  ret'.endsWith(repeated) && repeated !== '').toBe(true);
    expect(repeated.startsWith(start) || start.startsWith(repeated)).toBe(true);
    expect(second.allowedIds).toBeNull();
    expect(second.repeatedBytes).toEqual(first.repeatedBytes);
  });

  it('refuses a branch that writes something else', async () => {
    const model = await loadedModel(bundledModel);
    const { logProbs, allowedIds } = await predict(model, { kind: 'prompt', prompt });
    const other = logProbs.findIndex((_, id) => !allowedIds!.includes(id));

    const refused = await settledError(predict(model, { kind: 'prompt', prompt }, [other]));

    expect(refused.code).toBe('bad-request');
  });
});

/** The largest log-probability among the allowed tokens. */
function largestOf({ logProbs, allowedIds }: NextTokens): number {
  return Math.max(...Array.from(allowedIds!, (id) => logProbs[id]!));
}

describe('from left to right', () => {
  it('what follows the cursor changes nothing, as it does in a completion', async () => {
    const model = await loadedModel(bundledModel);
    const other = { ...prompt, suffix: '\n\nclass Queue:\n    pass\n' };
    const [left, leftOther] = [
      await predict(model, { kind: 'left-to-right', prompt }),
      await predict(model, { kind: 'left-to-right', prompt: other }),
    ];
    const [both, bothOther] = [
      await predict(model, { kind: 'prompt', prompt }),
      await predict(model, { kind: 'prompt', prompt: other }),
    ];

    expect(leftOther.logProbs).toEqual(left.logProbs);
    expect(bothOther.logProbs).not.toEqual(both.logProbs);
  });
});

it('an empty document has a distribution too', async () => {
  const empty = { ...blank, path: '', prefix: '' };
  const model = await loadedModel(bundledModel);

  for (const kind of ['prompt', 'left-to-right'] as const) {
    const { logProbs, allowedIds } = await predict(model, { kind, prompt: empty });
    expect(allowedIds).toBeNull();
    expect(Math.max(...logProbs)).toBeLessThan(0);
  }
});

it('a branch grows until the context is full, and no further', async () => {
  const model = await loadedModel(fixtureModel('tiny-fp32'));
  const { contextLength } = model.descriptor;
  const { contextTokenCount } = await predict(model, { kind: 'left-to-right', prompt: blank });
  const branch = new Array<number>(contextLength - contextTokenCount).fill(70);

  const full = await predict(model, { kind: 'left-to-right', prompt: blank }, branch);
  const beyond = await settledError(predict(model, { kind: 'left-to-right', prompt: blank }, [...branch, 70]));

  expect(full.contextTokenCount).toBe(contextLength);
  expect(beyond.code).toBe('context-too-long');
});
