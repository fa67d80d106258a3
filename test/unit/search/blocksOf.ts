import { readFileSync } from 'node:fs';
import path from 'node:path';
import { cutBlocks } from '../../../src/core/search/codeBlocks.js';

const fixtures = path.resolve(import.meta.dirname, '../../fixtures/search');

/** Kind, name and lines (from 1, both included) of the blocks of a file. */
export function blocksOf(text: string): readonly (readonly [string, string, number, number])[] {
  return cutBlocks(text).map(({ kind, name, start, end }) => [kind, name, start + 1, end]);
}

/** Text of a sample file. */
export function fixture(file: string): string {
  return readFileSync(path.join(fixtures, file), 'utf8');
}
