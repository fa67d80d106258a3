import { describe, expect, it } from 'vitest';
import { contrastAfter, questionAbout } from '../../../src/core/explain/explainedSuggestion.js';
import type { CompletionCandidate } from '../../../src/core/completion/completionOutcome.js';
import { candidateOf, originOf } from '../../support/candidates.js';
import { resultOf } from '../../support/scriptedEngine.js';

const range = { start: { line: 0, character: 0 }, end: { line: 0, character: 0 } };
const suggestion = (text: string, generated: string | undefined, typedSince = ''): CompletionCandidate =>
  candidateOf(text, range, generated === undefined ? undefined : resultOf(generated), originOf({ typedSince }));

describe('questionAbout', () => {
  it('asks for what the model wrote, up to where it is shown, with its own tokens', () => {
    expect(questionAbout(suggestion('b + c;', 'b + c;\nnext();'))).toMatchObject({
      target: { text: 'b + c;', ids: [1], from: 0 },
      isVerbatim: true,
    });
  });

  it('counts only what was not typed yet', () => {
    expect(questionAbout(suggestion(' c;', 'b + c;', 'b +')).target).toEqual({ text: 'b + c;', ids: [1], from: 3 });
  });

  it('leaves out the selected item that the model was given', () => {
    expect(questionAbout({ ...suggestion('push(x)', '(x)'), givenLength: 4 }).target).toMatchObject({
      text: '(x)',
      from: 0,
    });
  });

  it('has no tokens while the model still writes, nor for what is not the model’s', () => {
    expect(questionAbout(suggestion('c;', undefined, 'b + '))).toMatchObject({
      target: { text: 'b + c;', ids: [], from: 4 },
      isVerbatim: true,
    });
    expect(questionAbout(suggestion('xyz', 'abc'))).toMatchObject({
      target: { text: 'xyz', ids: [] },
      isVerbatim: false,
    });
  });

  it('takes line ends as the model does', () => {
    expect(questionAbout(suggestion('{\r\n}', '{\n}'))).toMatchObject({ target: { text: '{\n}' }, isVerbatim: true });
  });
});

describe('contrastAfter', () => {
  it('puts the text after what was typed since', () => {
    const question = questionAbout(suggestion(' c;', 'b + c;', 'b +'));
    expect(contrastAfter(question, ' d;\r\n')).toBe('b + d;\n');
    expect(contrastAfter(question, '')).toBe('');
  });
});
