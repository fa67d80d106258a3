import { describe, expect, it } from 'vitest';
import { formatTable } from '../../../src/cli/table.js';

describe('formatTable', () => {
  it('aligns columns, and leaves no blanks at line ends', () => {
    const columns = [
      { title: 'n', align: 'right' },
      { title: 'name', align: 'left' },
      { title: 'text', align: 'left' },
    ] as const;
    const rows = [
      ['1', 'a', '한글'],
      ['12', 'longer name', ''],
    ];
    expect(formatTable(columns, rows)).toBe(' n  name         text\n 1  a            한글\n12  longer name\n');
  });
});
