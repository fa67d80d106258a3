import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { checkBars, encoderBars } from '../../eval/figures/bars.js';
import { searchFigures, speedFigures } from '../../eval/figures/searchFigures.js';
import { Bm25, subwords } from '../../eval/search/bm25.js';
import { rankOf } from '../../eval/search/measureSearch.js';
import { candidateCount, parseSearchList, searchListPath, type SearchTask } from '../../eval/search/searchTasks.js';

const root = path.resolve(import.meta.dirname, '../../..');

describe('subwords', () => {
  it('parts identifiers and ignores case and signs', () => {
    expect(subwords('getUserName(HTTPServer) snake_case2 사용자')).toEqual([
      'get',
      'user',
      'name',
      'http',
      'server',
      'snake',
      'case',
      '2',
      '사용자',
    ]);
  });
});

describe('Bm25', () => {
  it('scores as the formula does', () => {
    const bm25 = new Bm25(['red apple apple', 'green pear', 'red']);
    const idf = Math.log(1 + (3 - 1 + 0.5) / (1 + 0.5));
    const norm = 1.2 * (1 - 0.75 + (0.75 * 3) / 2);
    const scores = bm25.scores('Apple');
    expect(scores[0]).toBeCloseTo((idf * 2 * 2.2) / (2 + norm), 12);
    expect([scores[1], scores[2]]).toEqual([0, 0]);
  });

  it('prefers the rare word and the short document', () => {
    const bm25 = new Bm25(['the list', 'the list of all users of the list', 'the user', 'the end']);
    const scores = bm25.scores('the user');
    expect(rankOf(2, scores)).toBe(1);
    const lists = bm25.scores('list');
    expect(lists[0]).toBeGreaterThan(0);
    expect(rankOf(0, bm25.scores('the'))).toBe(2);
  });
});

describe('rankOf', () => {
  it('counts the larger ones, and takes the middle of equal ones', () => {
    const scores = Float64Array.of(0.5, 0.9, 0.5, 0.1);
    expect([0, 1, 2, 3].map((index) => rankOf(index, scores))).toEqual([2.5, 1, 2.5, 4]);
  });
});

describe('the list of searches', () => {
  const listed = parseSearchList(readFileSync(path.join(root, searchListPath), 'utf8'));

  it('holds as many functions as are ranked, and no text', () => {
    const functions = listed.flatMap((file) => file.functions);
    expect(functions).toHaveLength(candidateCount);
    for (const [start, end, hash] of functions) {
      expect(end).toBeGreaterThan(start);
      expect(hash).toMatch(/^[0-9a-f]{16}$/);
    }
  });

  it('takes nothing from repositories that are trained on, at the commits of the corpus', () => {
    const corpus = JSON.parse(readFileSync(path.join(root, 'models/training/corpus.json'), 'utf8')) as {
      repository: string;
      split: string;
      commit: string;
    }[];
    const test = new Map(
      corpus.filter(({ split }) => split === 'test').map((entry) => [entry.repository, entry.commit]),
    );
    for (const { repository, commit } of listed) expect(test.get(repository)).toBe(commit);
  });
});

describe('figures of a search', () => {
  const task = (file: string, languageId: string): SearchTask => ({ file, languageId, description: 'd', code: 'c' });
  const tasks = [task('a', 'go'), task('a', 'go'), task('b', 'rust')];
  const ranks = new Map([
    ['encoder', [1, 2, 1]],
    ['BM25', [2, 4, 1]],
  ]);

  it('are mean reciprocal ranks, first places and the ratio to BM25', () => {
    const figures = searchFigures(tasks, ranks);
    const value = (group: string, row: string, metric: string): number | undefined =>
      figures.find((figure) => figure.group === group && figure.row === row && figure.metric === metric)?.value;
    expect(value('among 3', 'encoder', 'mean reciprocal rank')).toBeCloseTo(2.5 / 3);
    expect(value('among 3', 'encoder', 'first')).toBeCloseTo(2 / 3);
    expect(value('among 3', 'encoder', 'times BM25')).toBeCloseTo(2.5 / 1.75);
    expect(value('go, among 3', 'BM25', 'mean reciprocal rank')).toBeCloseTo(0.375);
    expect(value('go, among 3', 'BM25', 'first ten')).toBe(1);
  });

  it('are held against the bar of the whole list', () => {
    const whole = searchFigures(tasks, ranks)
      .filter(({ group }) => group === 'among 3')
      .map((figure) => ({ ...figure, group: `among ${candidateCount}` }));
    expect(checkBars(encoderBars, whole, 'encoder').map(({ holds }) => holds)).toEqual([true]);
    expect(checkBars(encoderBars, whole, 'BM25').map(({ holds }) => holds)).toEqual([false]);
  });

  it('tell functions a second of processor time', () => {
    const [figure] = speedFigures(new Map([['encoder', { functionCount: 500, processorMs: 250 }]]));
    expect(figure).toMatchObject({ row: 'encoder', value: 2000, unit: 'a second' });
  });
});
