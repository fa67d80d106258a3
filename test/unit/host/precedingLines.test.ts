import { describe, expect, it } from 'vitest';
import {
  linesOfEarlierCells,
  withoutPrecedingLines,
  withPrecedingLines,
} from '../../../src/host/completion/precedingLines.js';
import { candidateOf } from '../../support/candidates.js';
import { queryAt } from '../../support/documentText.js';

const python = (...lines: string[]): { languageId: string; lines: string[] } => ({ languageId: 'python', lines });

describe('linesOfEarlierCells', () => {
  it('joins the cells of the same language, each followed by a blank line', () => {
    const cells = [python('import os'), { languageId: 'markdown', lines: ['# Title'] }, python('a = 1', 'b = 2')];

    expect(linesOfEarlierCells(cells, 'python')).toEqual(['import os', '', 'a = 1', 'b = 2', '']);
  });

  it('leaves out cells without text', () => {
    expect(linesOfEarlierCells([python('', '  '), python('x')], 'python')).toEqual(['x', '']);
  });

  it('keeps the nearest whole cells that fit', () => {
    const cells = [python('far'), python('a', 'b', 'c'), python('near')];

    expect(linesOfEarlierCells(cells, 'python', 5)).toEqual(['near', '']);
    expect(linesOfEarlierCells(cells, 'python', 6)).toEqual(['a', 'b', 'c', '', 'near', '']);
  });
});

describe('withPrecedingLines', () => {
  const preceding = ['import os', ''];
  const query = queryAt('path = \nos‸', {
    selectedSuggestion: {
      text: 'os.path',
      range: { start: { line: 1, character: 0 }, end: { line: 1, character: 2 } },
    },
  });

  it('puts the lines in front and moves every place down', () => {
    const joined = withPrecedingLines(query, preceding);

    expect(joined.document.lineCount).toBe(4);
    expect([0, 1, 2, 3].map((line) => joined.document.lineAt(line))).toEqual(['import os', '', 'path = ', 'os']);
    expect(joined.position).toEqual({ line: 3, character: 2 });
    expect(joined.selections).toEqual([{ anchor: joined.position, active: joined.position }]);
    expect(joined.selectedSuggestion?.range.start).toEqual({ line: 3, character: 0 });
  });

  it('keeps who the document is', () => {
    const { uri, languageId, version, tabSize } = withPrecedingLines(query, preceding).document;

    expect({ uri, languageId, version, tabSize }).toEqual({
      uri: query.document.uri,
      languageId: query.document.languageId,
      version: query.document.version,
      tabSize: query.document.tabSize,
    });
  });

  it('still throws for lines that are in neither', () => {
    const { document } = withPrecedingLines(query, preceding);

    expect(() => document.lineAt(4)).toThrow(RangeError);
    expect(() => document.lineAt(-1)).toThrow(RangeError);
  });

  it('leaves a query alone when nothing stands in front', () => {
    expect(withPrecedingLines(query, [])).toBe(query);
  });

  it('is undone for the candidate that comes back', () => {
    const range = { start: { line: 3, character: 2 }, end: { line: 3, character: 2 } };
    const candidate = candidateOf('.path', range);

    expect(withoutPrecedingLines(candidate, preceding.length).range).toEqual({
      start: { line: 1, character: 2 },
      end: { line: 1, character: 2 },
    });
  });
});
