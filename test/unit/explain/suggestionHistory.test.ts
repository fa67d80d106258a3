import { beforeEach, describe, expect, it } from 'vitest';
import { SuggestionHistory } from '../../../src/core/explain/suggestionHistory.js';
import { createPipeline, type PipelineFixture } from '../../support/pipelineFixture.js';

const uri = 'file:///project/src/file.ts';
const at = (line: number, character: number) => ({ uri, position: { line, character }, documentVersion: 1 });

let history: SuggestionHistory;
let fixture: PipelineFixture;

beforeEach(() => {
  history = new SuggestionHistory();
  fixture = createPipeline(() => 'b + c;', { onOutcome: (record) => history.note(record) });
});

describe('SuggestionHistory', () => {
  it('knows nothing before anything was offered, and nothing of requests without an offer', async () => {
    const silent = createPipeline(() => '', { onOutcome: (record) => history.note(record) });
    await silent.ask('const a = ‸');
    expect(history.explainable(at(0, 10))).toBeUndefined();
  });

  it('explains what is offered at the cursor, from the model’s own request', async () => {
    await fixture.ask('x();\nconst a = ‸');
    expect(history.explainable(at(1, 10))).toMatchObject({
      state: 'offered',
      record: { answer: { source: 'model' }, firstAnswer: undefined },
      candidate: {
        text: 'b + c;',
        origin: { prompt: { prefix: 'x();\n', currentLine: 'const a = ' }, typedSince: '' },
      },
    });
  });

  it('keeps what the model was asked while the user types into the suggestion', async () => {
    await fixture.ask('const a = ‸');
    await fixture.ask('const a = b +‸');
    expect(history.explainable(at(0, 13))).toMatchObject({
      state: 'offered',
      record: { answer: { source: 'typed-through' }, firstAnswer: { source: 'model' } },
      candidate: { text: ' c;', origin: { prompt: { currentLine: 'const a = ' }, typedSince: 'b +' } },
    });
  });

  it('keeps what the model was asked when the cache answers', async () => {
    await fixture.ask('const a = ‸');
    await fixture.ask('const q = ‸', { document: { uri: 'file:///other.ts' } });
    await fixture.ask('const a = b‸');
    expect(history.explainable(at(0, 11))).toMatchObject({
      record: { answer: { source: 'cache' }, firstAnswer: undefined },
      candidate: { origin: { prompt: { currentLine: 'const a = ' }, typedSince: 'b' } },
    });
  });

  it('explains what was accepted once the cursor is elsewhere, also when the next offer came before the news of it', async () => {
    const outcome = await fixture.ask('const a = ‸');
    if (outcome.kind !== 'shown') throw new Error(outcome.kind);
    await fixture.ask('const a = b + c;\n‸');
    history.accepted(uri, outcome.candidates[0]!);
    expect(history.explainable(at(5, 0))).toMatchObject({
      state: 'accepted',
      candidate: { text: 'b + c;', origin: { prompt: { currentLine: 'const a = ' } } },
    });
    expect(history.explainable(at(1, 0))).toMatchObject({ state: 'offered' });
  });

  it('explains what was offered and is gone when nothing was accepted', async () => {
    await fixture.ask('const a = ‸');
    expect(history.explainable(at(0, 3))).toMatchObject({ state: 'gone' });
    expect(history.explainable(undefined)).toMatchObject({ state: 'gone' });
    expect(history.explainable({ ...at(0, 10), documentVersion: 2 })).toMatchObject({ state: 'gone' });
  });

  it('knows where the lines are now that the model saw', async () => {
    await fixture.ask('one\ntwo\nconst a = ‸\nlast');
    history.documentChanged(uri, [{ startLine: 0, startCharacter: 0, endLine: 0, endCharacter: 0, text: 'new\n' }]);
    const lines = history.explainable(undefined)?.record.lines;
    expect([0, 1, 2, 3, 4].map((line) => lines?.lineNow(line))).toEqual([1, 2, 3, 4, undefined]);
  });

  it('numbers the lines of a notebook cell without those of the cells above', async () => {
    const cells = createPipeline(() => 'b + c;', { onOutcome: (record) => history.note(record, 2) });
    await cells.ask('cell above\n\ntwo\nconst a = ‸');
    const found = history.explainable(at(1, 10));
    expect(found?.state).toBe('offered');
    expect([0, 1, 2, 3].map((line) => found?.record.lines.lineNow(line))).toEqual([undefined, undefined, 0, 1]);
  });

  it('forgets a document', async () => {
    const outcome = await fixture.ask('const a = ‸');
    if (outcome.kind === 'shown') history.accepted(uri, outcome.candidates[0]!);
    await fixture.ask('const a = b + c; const d = ‸');
    history.forget(uri);
    expect(history.explainable(undefined)).toBeUndefined();
  });
});
