import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { scoreTotals } from '../../../src/core/scores/scoreTotals.js';
import type { ScoredTokens } from '../../../src/core/scores/scoredTokens.js';
import type { ModelAnalyst } from '../../../src/engine/analysis/modelAnalyst.js';
import type { TextScores } from '../../../src/protocol/scoresContract.js';
import { settledError } from '../../support/settledError.js';
import { bundledModel, checkedModel, decoderOf, fixtureModel, loadedModel, noAbort } from '../modelFixtures.js';

const folder = fixtureModel('tiny-fp32');
const text = 'const 한글 = "🙂";\r\n';
const turn = { signal: noAbort, giveWay: (): Promise<void> => Promise.resolve() };

async function analystOf(model: string): Promise<ModelAnalyst> {
  return (await loadedModel(model)).analyst;
}

function score(
  analyst: ModelAnalyst,
  scored: string,
  more: Partial<Parameters<ModelAnalyst['score']>[0]> = {},
): Promise<TextScores> {
  return analyst.score({ text: scored, topCount: 3, ...more }, () => undefined, turn);
}

/** A file of functions that differ, as code does. */
function code(functions: number): string {
  return Array.from(
    { length: functions },
    (_, index) =>
      `function f${index}(a) {\n  if (a > ${index * 7}) return a * ${index};\n  return "${'xyz'.repeat(index % 4)}";\n}\n`,
  ).join('\n');
}

describe('score', () => {
  it('gives each token the log-probability, the rank and the entropy after all tokens before it', async () => {
    const { tokenizer, promptTokens } = await checkedModel(folder);
    const ids = tokenizer.encode(text);
    const decoder = await decoderOf(folder);
    const { tokens, totals, windows } = await score(await analystOf(folder), text);

    let { logProbs } = await decoder.prefill([promptTokens.endOfText], noAbort);
    for (const [index, id] of ids.entries()) {
      const sorted = Array.from(logProbs.keys()).sort((a, b) => logProbs[b]! - logProbs[a]! || a - b);
      expect(tokens.ids[index]).toBe(id);
      expect(tokens.logProbs[index]).toBeCloseTo(logProbs[id]!, 4);
      expect(tokens.ranks[index]).toBe(logProbs.filter((other) => other > logProbs[id]!).length + 1);
      expect(tokens.entropies[index]).toBeCloseTo(
        -logProbs.reduce((sum, value) => sum + Math.exp(value) * value, 0),
        3,
      );
      expect([...tokens.topIds.subarray(index * 3, index * 3 + 3)]).toEqual(sorted.slice(0, 3));
      logProbs = await decoder.step(id, noAbort);
    }
    expect(tokens.ids).toHaveLength(ids.length);
    const nats = -tokens.logProbs.reduce((sum, logProb) => sum + logProb, 0);
    expect(totals.bitsPerByte).toBeCloseTo(nats / Math.LN2 / Buffer.byteLength(text), 6);
    expect(totals.perplexity / Math.exp(nats / ids.length)).toBeCloseTo(1, 6);
    expect(windows).toEqual([{ start: 0, scoredStart: 0, end: ids.length }]);
  });

  it('knows the texts of all ids that it names', async () => {
    const { tokens } = await score(await analystOf(folder), text);
    const { tokenizer } = await checkedModel(folder);
    const known = new Map(Array.from(tokens.vocabulary.ids, (id, index) => [id, tokens.vocabulary.texts[index]]));
    for (const id of [...tokens.ids, ...tokens.topIds]) expect(known.get(id)).toBe(tokenizer.table.textOf(id));
  });

  it('reads a long text in windows that overlap, each as a text of its own', async () => {
    const long = code(20);
    const whole = await score(await analystOf(folder), long);
    const { windows, tokens, windowLength } = whole;
    expect(windows.length).toBeGreaterThan(5);
    for (const { start, scoredStart, end } of windows) {
      expect(end - start).toBeLessThanOrEqual(windowLength);
      const piece = long.slice(tokens.starts[start], tokens.ends[end - 1]);
      const alone = await score(await analystOf(folder), piece);
      expect([...alone.tokens.ids]).toEqual([...tokens.ids.subarray(start, end)]);
      expect(alone.windows).toHaveLength(1);
      for (let token = scoredStart; token < end; token++) {
        expect(tokens.logProbs[token]).toBeCloseTo(alone.tokens.logProbs[token - start]!, 4);
      }
    }
    expect(tokens.ranks.every((rank) => rank > 0)).toBe(true);
  });

  it('takes an empty text and a text of one line far longer than the context', async () => {
    const analyst = await analystOf(folder);
    expect(await score(analyst, '')).toMatchObject({ totals: { bitsPerByte: 0, perplexity: 1 }, windows: [] });
    const { tokens, totals } = await score(analyst, 'x = 1; '.repeat(2000));
    expect(tokens.byteEnds.at(-1)).toBe(14_000);
    expect(totals.tokenCount).toBe(tokens.ids.length);
  });
});

describe('progress of a score', () => {
  it('brings every token once, what is looked at first', async () => {
    const long = code(20);
    const pieces: ScoredTokens[] = [];
    const priority = { start: 400, end: 460 };
    const analyst = await analystOf(folder);
    const result = await analyst.score({ text: long, topCount: 2, priority }, (piece) => pieces.push(piece), turn);
    const [first] = pieces;
    expect(first!.starts[0]).toBeLessThanOrEqual(priority.start);
    const seen = new Float32Array(result.tokens.ids.length).fill(NaN);
    for (const { firstToken, logProbs } of pieces) {
      expect([...seen.subarray(firstToken, firstToken + logProbs.length)].every(Number.isNaN)).toBe(true);
      seen.set(logProbs, firstToken);
    }
    expect(seen).toEqual(result.tokens.logProbs);
  });

  it('covers nothing but what is looked at when nothing else is asked for', async () => {
    const long = code(20);
    const analyst = await analystOf(folder);
    const priority = { start: 400, end: 460 };
    const part = await score(analyst, long, { priority, extent: 'priority' });
    const whole = await score(await analystOf(folder), long);
    const asked = Array.from(part.tokens.ranks.keys()).filter((token) => part.tokens.ranks[token]! > 0);
    for (const token of asked) expect(part.tokens.logProbs[token]).toBe(whole.tokens.logProbs[token]);
    expect(scoreTotals(part.tokens, priority)).toEqual(scoreTotals(whole.tokens, priority));
    expect(asked.length).toBeLessThan(whole.tokens.ids.length / 2);
    expect(part.work.readTokenCount).toBeLessThan(whole.work.readTokenCount / 2);
  });
});

describe('scoring after an edit', () => {
  it('reads only what the edit changed', async () => {
    const analyst = await analystOf(bundledModel);
    const long = code(120);
    const first = await score(analyst, long);
    const second = await score(analyst, long.replace('f60(a)', 'f60(b)'));
    const again = await score(analyst, long);
    expect(first.windows.length).toBeGreaterThan(2);
    expect(first.work).toMatchObject({ knownTokenCount: 0 });
    expect(second.work.knownTokenCount).toBeGreaterThan(first.tokens.ids.length / 2);
    expect(second.work.readTokenCount).toBeLessThan(first.work.readTokenCount / 2);
    expect(again.work).toEqual({ knownTokenCount: first.tokens.ids.length, readTokenCount: 0, reusedTokenCount: 0 });
  });

  it('reuses the keys and values of what stands before the edit', async () => {
    const analyst = await analystOf(bundledModel);
    const short = code(20);
    const { tokens } = await score(analyst, short);
    const edited = await score(analyst, short.replace('f18(a)', 'f18(b)'));
    expect(tokens.ids.length).toBeGreaterThan(512);
    expect(edited.work.reusedTokenCount).toBeGreaterThanOrEqual(512);
    expect(edited.work.reusedTokenCount + edited.work.readTokenCount).toBe(edited.tokens.ids.length);
  });

  const edit = fc.record({
    place: fc.nat(10_000),
    removed: fc.nat(12),
    added: fc.constantFrom('', 'x', '\n', '한', '}\n\n', '  a(b);\n'),
  });

  // The fixtures' context is shorter than one run; the bundled model's holds several, so that windows are known in part.
  it.each([
    [fixtureModel('tiny-fp32'), 8, 12],
    [fixtureModel('tiny-int8'), 8, 12],
    [bundledModel, 34, 3],
  ])(
    'gives bit by bit what scoring anew gives: %s',
    async (model, functions, numRuns) => {
      await fc.assert(
        fc.asyncProperty(fc.array(edit, { minLength: 1, maxLength: 4 }), async (edits) => {
          const analyst = await analystOf(model);
          let current = code(functions);
          await score(analyst, current);
          for (const { place, removed, added } of edits) {
            const at = place % (current.length + 1);
            current = current.slice(0, at) + added + current.slice(at + removed);
            const incremental = await score(analyst, current);
            const { tokens, windows } = await score(await analystOf(model), current);
            expect(incremental).toMatchObject({ tokens, windows });
          }
        }),
        { numRuns, seed: 20261121 },
      );
    },
    60_000,
  );
});

describe('a score that is cancelled', () => {
  it('ends between two runs, and what it found is known afterwards', async () => {
    const analyst = await analystOf(folder);
    const long = code(60);
    const cancellation = new AbortController();
    let pieces = 0;
    const report = (): void => {
      if (++pieces === 5) cancellation.abort();
    };
    const cancelled = analyst.score({ text: long, topCount: 3 }, report, { ...turn, signal: cancellation.signal });
    expect((await settledError(cancelled)).code).toBe('cancelled');
    expect(pieces).toBe(5);
    const whole = await score(analyst, long);
    expect(whole.work.knownTokenCount).toBeGreaterThan(0);
    const { tokens, totals } = await score(await analystOf(folder), long);
    expect(whole).toMatchObject({ tokens, totals });
  });
});
