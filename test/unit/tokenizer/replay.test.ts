import fc from 'fast-check';
import { describe, expect, it, vi } from 'vitest';
import { withoutControlTokens } from '../../../src/core/tokenizer/controlTokens.js';
import { createFileReplay } from '../../../src/core/tokenizer/replay/fileReplay.js';
import type {
  BpeWord,
  ReplayedWord,
  UnigramWord,
  WordPieceWord,
} from '../../../src/core/tokenizer/replay/replayTrace.js';
import type { TokenizerReplay } from '../../../src/core/tokenizer/replay/tokenizerReplay.js';
import { mergesOf } from '../../../src/core/tokenizer/fileBpeRules.js';
import { parseTokenizerFile } from '../../../src/core/tokenizer/tokenizerFile.js';
import { scriptTexts } from './scriptTexts.js';
import {
  bundledTokenizerJson,
  createLibrary,
  referenceIds,
  referenceTokenizer,
  smallByteLevel,
  smallUnigram,
  smallWordPiece,
  type TokenizerJson,
} from './tokenizerFixtures.js';

// Hundreds of cases a property, on machines that may be busy.
vi.setConfig({ testTimeout: 60_000 });

function replayOf(json: TokenizerJson, libraryIds?: (text: string) => readonly number[]): TokenizerReplay {
  const file = withoutControlTokens(parseTokenizerFile(json));
  const reference = referenceTokenizer(file);
  return createFileReplay(file, {}, createLibrary, libraryIds ?? ((text) => referenceIds(reference, text)));
}

function wordsOf(replay: TokenizerReplay, text: string): readonly ReplayedWord[] {
  return replay.replay(text).sections.flatMap((section) => (section.kind === 'text' ? section.words : []));
}

describe('a replay', () => {
  it('says so when the library gives other ids', () => {
    const trace = replayOf(smallByteLevel(), () => [1, 2]).replay('return');

    expect(trace.agrees).toBe(false);
    expect([...trace.libraryIds]).toEqual([1, 2]);
  });

  it('shows what each normalizer and pre-tokenizer made', () => {
    const json = smallUnigram({
      normalizer: {
        type: 'Sequence',
        normalizers: [{ type: 'Strip', strip_left: true, strip_right: true }, { type: 'NFKC' }, { type: 'Lowercase' }],
      },
      pre_tokenizer: {
        type: 'Sequence',
        pretokenizers: [{ type: 'WhitespaceSplit' }, { type: 'Metaspace', replacement: '▁', prepend_scheme: 'always' }],
      },
    });

    const [section] = replayOf(json).replay(' ReTurn ﬁ ').sections;

    expect(section).toMatchObject({
      kind: 'text',
      start: 1,
      end: 9,
      normalization: [
        { component: 'Strip', result: 'ReTurn ﬁ' },
        { component: 'NFKC', result: 'ReTurn fi' },
        { component: 'Lowercase', result: 'return fi' },
      ],
      preTokenization: [
        { component: 'WhitespaceSplit', result: ['return', 'fi'] },
        { component: 'Metaspace', result: ['▁return', '▁fi'] },
      ],
    });
  });

  it('shows an added token as a whole between the texts around it', () => {
    const json = smallByteLevel({ added_tokens: [{ id: 300, content: '<x>y', special: false, normalized: false }] });

    expect(replayOf(json).replay('re<x>yt').sections).toMatchObject([
      { kind: 'text', start: 0, end: 2 },
      { kind: 'added-token', start: 2, end: 6, token: { id: 300, name: '<x>y' } },
      { kind: 'text', start: 6, end: 7 },
    ]);
  });
});

describe('byte pair encoding', () => {
  it('merges the lowest rank first and the leftmost of equal ones', () => {
    const [word] = wordsOf(replayOf(smallByteLevel()), 'rere');

    expect(word).toEqual({
      word: 'rere',
      steps: {
        kind: 'bpe',
        symbols: ['r', 'e', 'r', 'e'],
        merges: [
          { index: 0, left: 'r', right: 'e', rank: 0 },
          { index: 1, left: 'r', right: 'e', rank: 0 },
        ],
        isTakenWhole: false,
      },
      tokens: [
        { id: 256, name: 're' },
        { id: 256, name: 're' },
      ],
    });
  });

  it('makes at every step of any text the merge that a search of all neighbours finds, until there is none', () => {
    const json = bundledTokenizerJson();
    const ranks = new Map(mergesOf(parseTokenizerFile(json).model).map((merge, rank) => [merge.join(' '), rank]));
    const replay = replayOf(json);

    fc.assert(
      fc.property(fc.oneof(...Object.values(scriptTexts)), (text) => {
        for (const { steps, tokens } of wordsOf(replay, text)) {
          const { symbols, merges } = steps as BpeWord;
          const current = [...symbols];
          const next = (): [number, number] | undefined =>
            current
              .slice(1)
              .map((right, index): [number, number] => [ranks.get(`${current[index]!} ${right}`) ?? Infinity, index])
              .filter(([rank]) => rank < Infinity)
              .sort(([a, i], [b, j]) => a - b || i - j)[0];
          for (const { index, left, right, rank } of merges) {
            expect([rank, index]).toEqual(next());
            expect(current.splice(index, 2, left + right)).toEqual([left, right]);
          }
          expect(next()).toBeUndefined();
          expect(tokens.map(({ name }) => name)).toEqual(current);
        }
      }),
      { numRuns: 500, seed: 12 },
    );
  });

  it('shows how merging would make a word that is taken whole', () => {
    const json = smallByteLevel();
    const model = { ...json.model, ignore_merges: true };

    const [word] = wordsOf(replayOf({ ...json, model }), 'return');

    expect(word?.steps).toMatchObject({ isTakenWhole: true });
    expect((word?.steps as BpeWord).merges.map(({ left, right }) => [left, right])).toEqual([
      ['r', 'e'],
      ['re', 't'],
      ['u', 'r'],
      ['ur', 'n'],
      ['ret', 'urn'],
    ]);
  });
});

describe('WordPiece', () => {
  it('tries the longest piece first and goes on after what it found', () => {
    const [word] = wordsOf(replayOf(smallWordPiece()), 'unable');

    expect(word?.steps).toEqual({
      kind: 'wordpiece',
      searches: [
        {
          start: 0,
          tries: [
            { end: 6, piece: 'unable' },
            { end: 5, piece: 'unabl' },
            { end: 4, piece: 'unab' },
            { end: 3, piece: 'una' },
            { end: 2, piece: 'un' },
          ],
          isFound: true,
        },
        { start: 2, tries: [{ end: 6, piece: '##able' }], isFound: true },
      ],
      unknownBecause: undefined,
    });
  });

  it.each([
    ['no piece fits', 'unz', 'no-piece'],
    ['the word is too long', 'a'.repeat(101), 'too-long'],
  ])('says that %s', (_, text, reason) => {
    const [word] = wordsOf(replayOf(smallWordPiece()), text);

    expect((word?.steps as WordPieceWord).unknownBecause).toBe(reason);
    expect(word?.tokens).toEqual([{ id: 1, name: '[UNK]' }]);
  });
});

describe('Unigram', () => {
  it('finds of any text the path of the highest sum among all paths', () => {
    const replay = replayOf(smallUnigram());
    const letters = fc.constantFrom('r', 'e', 't', 'u', 'n', ' ', 'f', 'i', 'x', '한');

    fc.assert(
      fc.property(fc.array(letters, { minLength: 1, maxLength: 12 }), (pieces) => {
        for (const { steps } of wordsOf(replay, pieces.join(''))) {
          const { characters, edges, bestPath, bestScores } = steps as UnigramWord;
          const best = (place: number): number =>
            place === characters.length
              ? 0
              : Math.max(...edges.filter(({ start }) => start === place).map(({ end, score }) => score + best(end)));
          const sum = bestPath.reduce((total, index) => total + edges[index]!.score, 0);
          expect(sum).toBeCloseTo(best(0), 9);
          expect(bestScores.at(-1)).toBeCloseTo(sum, 9);
          expect(bestPath.map((index) => edges[index]!.start)).toEqual([
            0,
            ...bestPath.slice(0, -1).map((index) => edges[index]!.end),
          ]);
        }
      }),
      { numRuns: 300, seed: 13 },
    );
  });

  it('has an edge for every piece that fits, and one for what is unknown', () => {
    const [word] = wordsOf(replayOf(smallUnigram()), 'fix');
    const { characters, edges } = word?.steps as UnigramWord;

    expect(characters).toEqual(['▁', 'f', 'i', 'x']);
    expect(edges.map(({ start, end, name }) => [start, end, name])).toEqual([
      [0, 1, '▁'],
      [1, 3, 'fi'],
      [1, 2, '<unk>'],
      [2, 3, '<unk>'],
      [3, 4, '<unk>'],
    ]);
  });
});
