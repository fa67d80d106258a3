import { describe, expect, it } from 'vitest';
import { noPrefill, nothingKept, textReader, writtenText, type Contestant } from '../../eval/contestants/contestant.js';
import { replayFigures, quantile } from '../../eval/figures/replayFigures.js';
import { acceptedPart, countKeys, keyLength, measureReplay } from '../../eval/measure/replay.js';
import type { EvalTask } from '../../eval/tasks/evalTask.js';

const { signal } = new AbortController();

/** Answers by the text left of the cursor in its line; offers nothing elsewhere. */
function scripted(answers: Readonly<Record<string, string>>): Contestant {
  return {
    id: 'scripted',
    label: 'scripted',
    model: textReader('scripted'),
    engineFor: () => ({
      generate: ({ prompt }) => Promise.resolve(writtenText(answers[prompt.currentLine] ?? '', 'end-of-text')),
      prefill: noPrefill,
    }),
    prepare: nothingKept,
  };
}

function typing(text: string): EvalTask {
  const source = { origin: 'o/n', path: 'a.ts', languageId: 'typescript', text };
  return { id: text, kind: 'replay', source, start: 0, end: text.length };
}

const replay = (text: string, answers: Readonly<Record<string, string>>): ReturnType<typeof measureReplay> =>
  measureReplay(scripted(answers), typing(text), () => 0, signal);

describe('a file that is typed', () => {
  it('costs a key for each character when nothing is offered', async () => {
    expect(await replay('let a;\n', {})).toMatchObject({
      keyCount: 7,
      pressedCount: 7,
      completedCount: 0,
      offeredCount: 0,
    });
  });

  it('costs one key for what is accepted', async () => {
    const answer = await replay('let count = 1;\n', { let: ' count = 1;' });

    expect(answer).toMatchObject({
      characterCount: 15,
      pressedCount: 5,
      completedCount: 11,
      offeredCount: 1,
      acceptedCount: 1,
    });
  });

  it('counts a wrong item once, however long it stays while it is typed along', async () => {
    const answer = await replay('let count = 1;\n', { let: ' counter = 1;' });

    expect(answer).toMatchObject({ pressedCount: 15, offeredCount: 1, acceptedCount: 0, visibleCount: 7 });
  });

  it('takes the first line of an item whose other lines are wrong', async () => {
    const answer = await replay('if (a) {\n  go();\n}\n', { 'if (a) {': '\n  go();\n  stop();\n}' });

    expect(answer).toMatchObject({ acceptedCount: 1, completedCount: '\n  go();'.length });
  });

  it('has indentation for the same key as the line break before it', () => {
    expect(keyLength('a\n    b', 1)).toBe(5);
    expect(keyLength('a\n   \nb', 1)).toBe(1);
    expect(keyLength('😀', 0)).toBe(2);
    expect(countKeys('if:\n    a\n')).toBe(6);
  });
});

describe('what is accepted of an offer', () => {
  it.each([
    ['all of it', 'a\n  b', 'a\n  b;', 'a\n  b'],
    ['its first line', 'a\n  c', 'a\n  b', 'a'],
    ['its first visible line', '\n  a\n  c', '\n  a\n  b', '\n  a'],
    ['nothing', 'ab', 'ac', ''],
  ])('is %s', (_, offered, wanted, expected) => {
    expect(acceptedPart(offered, wanted)).toBe(expected);
  });
});

describe('figures of files that were typed', () => {
  const answer = {
    characterCount: 100,
    keyCount: 80,
    pressedCount: 60,
    completedCount: 25,
    askedCount: 50,
    visibleCount: 20,
    offeredCount: 10,
    acceptedCount: 6,
    latenciesMs: [30, 10, 20],
    cpuMs: 500,
  };
  const value = (metric: string): number =>
    replayFigures('row', [answer, answer]).find((figure) => figure.metric === metric)!.value;

  it.each([
    ['keys saved, wrong item 0', 20 / 80],
    ['keys saved, wrong item 0.25', 19 / 80],
    ['keys saved, wrong item 1', 16 / 80],
    ['completed text', 0.25],
    ['shown at', 0.4],
    ['precision', 0.6],
    ['p50', 20],
    ['CPU per 1,000 characters', 5],
  ])('%s', (metric, expected) => {
    expect(value(metric)).toBeCloseTo(expected, 12);
  });

  it('have quantiles', () => {
    expect(quantile([1, 2, 3, 4], 0.95)).toBe(4);
    expect(quantile([], 0.5)).toBeNaN();
  });
});
