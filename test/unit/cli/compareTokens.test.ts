import path from 'node:path';
import { describe, expect, it } from 'vitest';
import type { TokenizerSource } from '../../../src/core/tokenizer/tokenizerSource.js';
import { createTokenizerHandlers } from '../../../src/engine/tokenizers/tokenizerHandlers.js';
import { runWith, sampleModel, type Answers } from './fakes.js';

const context = { signal: new AbortController().signal, report: (): void => undefined };
const handlers = createTokenizerHandlers();
const answers: Answers = {
  'tokenizers/describe': (params) => handlers['tokenizers/describe'](params, context),
  'tokenizers/encode': (params) => handlers['tokenizers/encode'](params, context),
};
const unigram = path.resolve(import.meta.dirname, '../../fixtures/tokenizers/unigram');
const input = 'const x = "한글";\nhello    world\n';

/** The part of the JSON that the tests look at. */
interface ComparisonJson {
  readonly characters: number;
  readonly bytes: number;
  readonly tokenizers: readonly {
    readonly name: string;
    readonly source: TokenizerSource;
    readonly tokens: number;
    readonly charactersPerToken: number | null;
    readonly tokensPerLine: readonly number[];
  }[];
  readonly expensiveLines: readonly { readonly line: number; readonly tokens: readonly number[] }[];
  readonly differences: readonly {
    readonly first: string;
    readonly second: string;
    readonly stretches: readonly {
      readonly start: number;
      readonly end: number;
      readonly first: readonly string[];
      readonly second: readonly string[];
    }[];
  }[];
}

async function compareJson(list: string, text: string): Promise<ComparisonJson> {
  const { output } = await runWith(['tokens', '--compare', list, '--json', '-'], answers, { input: text });
  return JSON.parse(output) as ComparisonJson;
}

describe('glassbox tokens --compare', () => {
  it('prints totals, scripts, lines and places that are cut differently', async () => {
    const { exitCode, output } = await runWith(['tokens', '--compare', 'gpt2,o200k_base', '-'], answers, { input });

    expect(exitCode).toBe(0);
    expect(output.split('\n')).toEqual([
      'tokenizer   tokens  characters/token  bytes/token  vocabulary  algorithm',
      'gpt2            17              1.82         2.06       50257  bpe',
      'o200k_base      11              2.82         3.18      200019  bpe',
      '',
      'tokens per character  latin  hangul  other',
      'gpt2                   0.25    2.50   0.62',
      'o200k_base             0.25    1.00   0.38',
      '',
      'line  gpt2  o200k_base  most expensive lines',
      '   1    11           7  const x = "한글";',
      '   2     6           4  hello    world',
      '',
      '4 places are cut differently by gpt2 and o200k_base:',
      'line:column  gpt2   o200k_base',
      '       1:12  |한     한',
      '       1:13  ||글    글',
      '       1:14  ";|\\n  ";\\n',
      '        2:6  ·|·|·  ···',
      '',
    ]);
  });

  it('prints the same numbers as JSON', async () => {
    const { characters, bytes, tokenizers, expensiveLines, differences } = await compareJson('gpt2,cl100k_base', input);

    expect([characters, bytes]).toEqual([Array.from(input).length, Buffer.byteLength(input)]);
    expect(tokenizers.map(({ name }) => name)).toEqual(['gpt2', 'cl100k_base']);
    for (const { tokens, tokensPerLine } of tokenizers) {
      expect(tokensPerLine).toHaveLength(3);
      expect(tokensPerLine.reduce((sum, count) => sum + count, 0)).toBe(tokens);
    }
    expect(expensiveLines[0]).toEqual({ line: 1, tokens: tokenizers.map(({ tokensPerLine }) => tokensPerLine[0]) });
    for (const { start, end, first, second } of differences[0]!.stretches) {
      expect(first.join('')).toBe(input.slice(start, end));
      expect(second.join('')).toBe(input.slice(start, end));
      expect(first).not.toEqual(second);
    }
  });

  it('takes models by their ids and folders with a tokenizer.json', async () => {
    const folder = path.resolve(import.meta.dirname, '../../../models/code');
    const withModel: Answers = { ...answers, 'models/scan': () => [{ ...sampleModel, folder }] };

    const args = ['tokens', '--compare', `sample,${unigram}`, '--json', '-'];
    const { tokenizers } = JSON.parse((await runWith(args, withModel, { input })).output) as ComparisonJson;

    expect(tokenizers.map(({ source }) => source)).toEqual([
      { kind: 'model', folder },
      { kind: 'file', path: unigram },
    ]);
  });

  it('has no means for an empty text', async () => {
    const { tokenizers } = await compareJson('gpt2,cl100k_base', '');

    expect(tokenizers.map(({ tokens, charactersPerToken }) => [tokens, charactersPerToken])).toEqual([
      [0, null],
      [0, null],
    ]);
  });

  it.each([
    ['a single tokenizer', 'gpt2', 'takes 2 to 8 tokenizers'],
    ['an empty name', 'gpt2,', 'takes 2 to 8 tokenizers'],
    ['a name that nothing has', 'gpt2,nowhere', 'There is no tokenizer "nowhere". Name one of gpt2, cl100k_base'],
  ])('refuses %s', async (_, list, message) => {
    const { exitCode, errors } = await runWith(['tokens', '--compare', list, '-'], answers, { input });

    expect(exitCode).toBe(2);
    expect(errors).toContain(message);
  });

  it('refuses binary input', async () => {
    const args = ['tokens', '--compare', 'gpt2,cl100k_base', '-'];
    const { exitCode, errors } = await runWith(args, answers, { input: 'a\0b' });

    expect(exitCode).toBe(2);
    expect(errors).toContain('binary');
  });

  it('says what is wrong with a tokenizer file', async () => {
    const notOne = path.resolve(import.meta.dirname, '../../../package.json');
    const { exitCode, errors } = await runWith(['tokens', '--compare', `gpt2,${notOne}`, '-'], answers, { input });

    expect(exitCode).toBe(3);
    expect(errors).toContain('tokenizer.json: model');
  });
});
