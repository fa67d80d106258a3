import { describe, expect, it } from 'vitest';
import { GlassboxError } from '../../../src/core/errors.js';
import type { FoundBlock } from '../../../src/core/search/rankBlocks.js';
import { chooseModel } from '../../../src/host/models/modelChoice.js';
import { blockRow, noteRow, searchTitle } from '../../../src/host/search/searchRows.js';
import { model } from './scannedModels.js';
import { inEnglish } from './translateFrom.js';

const formats = {
  path: (file: string) => file.slice('file:///'.length),
  percent: (share: number) => `${share * 100} %`,
};

const found: FoundBlock = {
  file: 'file:///src/retry.ts',
  similarity: 0.75,
  block: {
    kind: 'function',
    name: 'retryDelay',
    signature: 'export function retryDelay(attempt: number): number {',
    headerLine: 4,
    start: 1,
    end: 9,
  },
};

describe('blockRow', () => {
  it('names the block, its place, how near it is, and the line that defines it', () => {
    expect(blockRow(found, formats)).toEqual({
      row: 'block',
      found,
      label: '$(symbol-method) retryDelay',
      description: 'src/retry.ts:5 · 75 %',
      detail: 'export function retryDelay(attempt: number): number {',
      alwaysShow: true,
    });
  });

  it('names a later part of a block by its first line', () => {
    const later = { ...found, block: { ...found.block, start: 30, end: 60 } };
    expect(blockRow(later, formats).description).toBe('src/retry.ts:31 · 75 %');
  });

  it('shows statements, which have no name, by their first line, and no similarity below zero', () => {
    const statements = { ...found, similarity: -0.1, block: { ...found.block, kind: 'statements' as const, name: '' } };
    const row = blockRow(statements, formats);
    expect([row.label, row.description, 'detail' in row]).toEqual([
      '$(symbol-snippet) export function retryDelay(attempt: number): number {',
      'src/retry.ts:5 · 0 %',
      false,
    ]);
  });
});

describe('noteRow', () => {
  it.each([
    [{ kind: 'looking' }, false, 'Reading the code…', 'none'],
    [{ kind: 'reading', doneFileCount: 3, fileCount: 9 }, true, undefined, undefined],
    [{ kind: 'stopped', doneFileCount: 3, fileCount: 9 }, true, 'stopped after 3 of 9 files', 'go-on'],
    [{ kind: 'complete', fileCount: 0, totalCount: 0 }, false, 'There is no code', 'none'],
    [{ kind: 'complete', fileCount: 9, totalCount: 9 }, true, undefined, undefined],
    [{ kind: 'complete', fileCount: 9, totalCount: 20 }, true, 'Only 9 of 20 files', 'open-limit'],
    [{ kind: 'failed', error: new GlassboxError('engine-crashed', 'x') }, false, 'stopped unexpectedly', 'none'],
  ] as const)('of %j, with blocks: %s', (state, hasBlocks, text, action) => {
    const row = noteRow(state, hasBlocks, inEnglish);
    expect(row?.label).toEqual(text === undefined ? undefined : expect.stringContaining(text));
    expect(row?.row === 'note' ? row.action : undefined).toBe(action);
  });
});

describe('searchTitle', () => {
  it('tells how much has been read, while it is being read', () => {
    expect(searchTitle({ kind: 'reading', doneFileCount: 3, fileCount: 9 }, inEnglish)).toBe(
      'Find Code by Description · 3 of 9 files read',
    );
    expect(searchTitle({ kind: 'complete', fileCount: 9, totalCount: 9 }, inEnglish)).toBe('Find Code by Description');
  });
});

describe('the encoder', () => {
  const encoder = model('encoder', { source: 'bundled', roles: ['embedding'] });
  const mine = model('mine', { roles: ['embedding'] });
  const writer = model('code', { source: 'bundled' });

  it('is the bundled one unless another is named, and never a model that writes', () => {
    expect(chooseModel([writer, mine, encoder], '', 'embedding').active).toBe(encoder);
    expect(chooseModel([writer, mine, encoder], 'mine', 'embedding').active).toBe(mine);
    expect(chooseModel([writer, mine], '', 'embedding').active).toBeUndefined();
  });
});
