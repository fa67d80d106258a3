import { describe, expect, it } from 'vitest';
import { readCursorContext } from '../../../src/core/completion/cursorContext.js';
import { TypingRhythm, contextScore } from '../../../src/core/completion/typingRhythm.js';
import { queryAt } from '../../support/documentText.js';
import { createPipeline } from '../../support/pipelineFixture.js';

const contextAt = (marked: string): ReturnType<typeof readCursorContext> => readCursorContext(queryAt(marked));

function typing(intervalMs: number, keys = 30): TypingRhythm {
  const rhythm = new TypingRhythm();
  for (let key = 0; key <= keys; key++) rhythm.keystroke(key * intervalMs);
  return rhythm;
}

describe('TypingRhythm', () => {
  it.each([
    ['least promising: 3 intervals', 'fo‸o\nx', 100, 300],
    ['end of a line: 2.4', 'foo‸\nx', 100, 240],
    ['after a trigger character at the end: 1.65', 'foo(‸\nx', 100, 165],
    ['end of the document: 1.5', 'foo(‸', 100, 150],
    ['Korean is no trigger character', '가나‸\nx', 100, 240],
    ['new line: none', '  ‸\nx', 100, 0],
    ['lower bound', 'foo(‸', 10, 40],
    ['upper bound', 'fo‸o\nx', 400, 600],
  ])('%s', (_, marked, intervalMs, delayMs) => {
    expect(typing(intervalMs).delayMs(contextAt(marked))).toBeCloseTo(delayMs, 6);
  });

  it('waits less for a slow model', () => {
    const rhythm = typing(100);
    rhythm.answered(100);
    rhythm.answered(140);
    expect(rhythm.delayMs(contextAt('foo‸\nx'))).toBeCloseTo(120, 6);
  });

  it('uses a default until it knows enough, and ignores pauses', () => {
    expect(typing(10, 19).delayMs(contextAt('foo(‸'))).toBe(300);
    expect(typing(401, 100).delayMs(contextAt('foo(‸'))).toBe(300);
    expect(typing(400, 100).delayMs(contextAt('foo(‸'))).toBe(600);
  });

  it('follows a change of rhythm within a hundred keys', () => {
    const rhythm = typing(300, 200);
    for (let key = 1; key <= 100; key++) rhythm.keystroke(60_000 + key * 50);
    expect(rhythm.delayMs(contextAt('foo‸\nx'))).toBeCloseTo(2.4 * 50, 6);
  });
});

it.each([
  ['fo‸o\nx', 0],
  ['foo‸\nx', 0.4],
  ['foo(‸\nx', 0.9],
  ['foo(‸ ', 1],
])('contextScore of %j is %d', (marked, score) => {
  expect(contextScore(contextAt(marked))).toBeCloseTo(score, 10);
});

describe('the delay of a request', () => {
  it('passes before the model is asked, but not when the user asks or on a new line', async () => {
    const { clock, engine, pipeline } = createPipeline();
    const ask = (marked: string, trigger: 'automatic' | 'explicit'): void => {
      void pipeline.provide(queryAt(marked, { trigger }), new AbortController().signal);
    };
    ask('foo(‸', 'automatic');
    await clock.advance(299);
    expect(engine.calls).toHaveLength(0);
    await clock.advance(1);
    expect(engine.calls).toHaveLength(1);

    ask('bar(‸', 'explicit');
    await clock.advance(0);
    expect(engine.calls).toHaveLength(2);

    ask('baz();\n  ‸', 'automatic');
    await clock.advance(0);
    expect(engine.calls).toHaveLength(3);
  });

  it('is learned from the changes of the document the user is in, and of no other', async () => {
    const { clock, engine, pipeline } = createPipeline();
    pipeline.cursorMoved(queryAt('foo(‸'));
    for (let key = 0; key < 40; key++) {
      pipeline.documentChanged(key % 2 === 0 ? 'file:///project/src/file.ts' : 'output:log');
      await clock.advance(10);
    }
    void pipeline.provide(queryAt('foo(‸'), new AbortController().signal);
    await clock.advance(299);
    expect(engine.calls).toHaveLength(0);

    for (let key = 0; key < 40; key++) {
      pipeline.documentChanged('file:///project/src/file.ts');
      await clock.advance(10);
    }
    void pipeline.provide(queryAt('bar(‸'), new AbortController().signal);
    await clock.advance(40);
    expect(engine.calls.at(-1)?.request.prompt.currentLine).toBe('bar(');
  });
});
