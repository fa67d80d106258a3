import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { GitMirror } from '../../eval/sources/gitMirror.js';
import { OriginTexts } from '../../eval/sources/originTexts.js';
import { decodeText, isCodePath, isHandWritten } from '../../eval/sources/textFilters.js';
import type { ListedFile } from '../../eval/tasks/taskList.js';
import { settledErrorOf } from './settledErrorOf.js';

let folder: string;
let commit: string;

beforeAll(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'glassbox-mirror-'));
  const tree = path.join(folder, 'tree');
  mkdirSync(path.join(tree, 'src'), { recursive: true });
  writeFileSync(path.join(tree, 'src/a.ts'), '\uFEFFconst 값 = 1;\r\nexport { 값 };\r\n');
  writeFileSync(path.join(tree, 'src/b c.py'), 'x = 1\n');
  writeFileSync(path.join(tree, 'notes.md'), '# Notes\n');
  const git = (...args: readonly string[]): string => execFileSync('git', ['-C', tree, ...args], { encoding: 'utf8' });
  git('init', '--quiet');
  git('add', '.');
  git('-c', 'user.name=t', '-c', 'user.email=t@t', '-c', 'commit.gpgsign=false', 'commit', '--quiet', '-m', 'One');
  commit = git('rev-parse', 'HEAD').trim();
  git('clone', '--quiet', '--bare', '.', path.join(folder, 'owner+name.git'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const listed = (file: string): ListedFile => ({
  from: 'git',
  repository: 'owner/name',
  commit,
  path: file,
  sha256: '',
  tasks: [],
});

describe('a mirror of git directories', () => {
  it('lists and reads the files of a commit', () => {
    const mirror = new GitMirror(folder);
    const found = mirror.read('owner/name', commit, ['src/b c.py', 'missing.ts', 'notes.md']);

    expect(mirror.paths('owner/name', commit)).toEqual(['notes.md', 'src/a.ts', 'src/b c.py']);
    expect(found.map((bytes) => bytes && Buffer.from(bytes).toString())).toEqual(['x = 1\n', undefined, '# Notes\n']);
  });

  it('says how to get a repository that is not there', () => {
    const error = settledErrorOf(() => new GitMirror(folder).paths('other/thing', commit));

    expect(error.code).toBe('file-unreadable');
    expect(error.action).toBe(`git clone --bare https://github.com/other/thing.git ${folder}/other+thing.git`);
  });

  it('says how to get a commit that is not there', () => {
    const missing = 'a'.repeat(40);
    const error = settledErrorOf(() => new GitMirror(folder).read('owner/name', missing, ['notes.md']));

    expect(error.action).toBe(`git --git-dir=${folder}/owner+name.git fetch origin ${missing}`);
  });

  it('gives source files alone, as text with line feeds', () => {
    const texts = new OriginTexts('', new GitMirror(folder), [listed('src/a.ts')]);

    expect([...texts.of('owner/name')]).toEqual([
      ['src/a.ts', 'const 값 = 1;\nexport { 값 };\n'],
      ['src/b c.py', 'x = 1\n'],
    ]);
    expect(texts.of('nobody/nothing').size).toBe(0);
    expect(settledErrorOf(() => texts.read(listed('notes.md'))).message).toContain('notes.md');
  });
});

describe('what counts as a source file that people wrote', () => {
  it.each([
    ['src/app.ts', true],
    ['lib/x.mjs', true],
    ['tests/test_a.py', true],
    ['dist/app.js', false],
    ['src/app.min.js', false],
    ['types/index.d.ts', false],
    ['node_modules/a/index.js', false],
    ['tests/__snapshots__/a.js', false],
    ['README.md', false],
  ])('%s: %j', (file, expected) => {
    expect(isCodePath(file)).toBe(expected);
  });

  it.each([
    ['a short file', 'const a = 1;\n', false],
    ['a file of a usual size', 'const a = 1;\n'.repeat(50), true],
    ['a minified file', `const a = [${'1,'.repeat(300)}];\n`, false],
    ['a generated file', `// @generated\n${'const a = 1;\n'.repeat(50)}`, false],
  ])('%s', (_, text, expected) => {
    expect(isHandWritten(text)).toBe(expected);
  });

  it('is UTF-8 without zero bytes', () => {
    expect(decodeText(Uint8Array.of(0xff, 0xfe, 0x41))).toBeUndefined();
    expect(decodeText(Uint8Array.of(0x41, 0, 0x42))).toBeUndefined();
  });
});
