import { describe, expect, it } from 'vitest';
import { lineCopy } from '../../eval/contestants/lineCopyContestant.js';
import { NeighbourFiles } from '../../eval/contestants/neighbourFiles.js';
import { fileNgram, nestedNgram } from '../../eval/contestants/ngramContestant.js';
import type { Contestant } from '../../eval/contestants/contestant.js';
import { measureInfill } from '../../eval/measure/infill.js';
import type { EvalTask, SourceText } from '../../eval/tasks/evalTask.js';

const { signal } = new AbortController();

/** A task of a text in which `‸` marks the cursor and `¦` the end of the answer. */
function task(marked: string, file: Partial<SourceText> = {}, kind: EvalTask['kind'] = 'line'): EvalTask {
  const start = marked.indexOf('‸');
  const end = marked.indexOf('¦') - 1;
  const source = {
    origin: 'o/n',
    path: 'src/a.ts',
    languageId: 'typescript',
    text: marked.replace(/[‸¦]/g, ''),
    ...file,
  };
  return { id: marked, kind, source: { ...source, text: marked.replaceAll(/[‸¦]/g, '') }, start, end };
}

const shown = async (contestant: Contestant, asked: EvalTask): Promise<string> =>
  (await measureInfill(contestant, asked, signal)).shown;

const repeated = 'const first = makeOrder(1);\nlog(first);\nconst second = ‸makeOrder(1);¦\n';

describe('the n-gram of a file', () => {
  it('writes what followed the same words', async () => {
    expect(await shown(fileNgram(), task(repeated))).toBe('makeOrder(1);');
  });

  it('goes on inside a word', async () => {
    const inside = 'const first = makeOrder(1);\nlog(first);\nconst second = makeO‸rder(1);¦\n';

    expect(await shown(fileNgram(), task(inside, {}, 'mid-word'))).toBe('rder(1);');
  });

  it('reads what stands after the cursor', async () => {
    expect(await shown(fileNgram(), task('const a = ‸compute(1);¦\nconst b = compute(1);\n'))).toBe('compute(1);');
  });

  it('offers nothing where it has seen nothing', async () => {
    expect(await measureInfill(fileNgram(), task('‸first¦\n'), signal)).toMatchObject({
      shown: '',
      stopReason: 'end-of-text',
    });
  });
});

describe('the nested n-gram', () => {
  const files = new Map([
    ['src/a.ts', 'const own = secretOfThisFile(2);\n'],
    ['src/b.ts', 'const total = sumOfFolder(rows);\n'],
    ['lib/c.ts', 'const total = sumOfRepository(rows);\nconst rate = rateOfRepository(1);\n'],
  ]);
  const contestant = (): Contestant => nestedNgram(new NeighbourFiles(() => files));

  it('reads the other files of the folder, and then those of the repository', async () => {
    expect(await shown(contestant(), task('const total = ‸sumOfFolder(rows);¦\n'))).toBe('sumOfFolder(rows);');
    expect(await shown(contestant(), task('const rate = ‸x¦\n'))).toBe('rateOfRepository(1);');
  });

  it('never reads the file itself beyond the window around the cursor', async () => {
    expect(await shown(contestant(), task('const own = ‸secretOfThisFile(2);¦\n'))).not.toContain('secret');
  });

  it('reads a file again when another one is asked about', async () => {
    const rows = contestant();
    const ofB = task('const own = ‸x¦\n', { path: 'src/b.ts' });

    expect(await shown(rows, task('const own = ‸x¦\n'))).not.toContain('secret');
    expect(await shown(rows, ofB)).toBe('secretOfThisFile(2);');
    expect(await shown(rows, task('const own = ‸x¦\n'))).not.toContain('secret');
  });
});

describe('copying the best-matching line', () => {
  it('takes the rest of the line that agrees longest with what stands before the cursor', async () => {
    const text = 'a = load(1);\nb = save(1);\nx = save(2);\nb = ‸save(1);¦\n';

    expect(await shown(lineCopy(), task(text))).toBe('save(1);');
  });

  it('takes the nearest of lines that agree as long', async () => {
    expect(await shown(lineCopy(), task('z;\ncall(one);\ncall(two);\nx = 1;\n\ncall(‸x¦\n'))).toBe('two);');
  });

  it('offers nothing when nothing agrees', async () => {
    expect(await shown(lineCopy(), task('abc\nxyz‸d¦\n'))).toBe('');
  });
});
