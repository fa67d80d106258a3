import { readdirSync } from 'node:fs';
import path from 'node:path';
import picomatch from 'picomatch';
import { describe, expect, it } from 'vitest';
import config from '../../vitest.config.js';

const root = path.resolve(import.meta.dirname, '../../..');

describe('test files', () => {
  const projects = (config.test?.projects ?? []) as readonly { test: { name: string; include: readonly string[] } }[];
  const files = readdirSync(path.join(root, 'test'), { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.test.ts') && !file.includes('node_modules'))
    .map((file) => path.posix.join('test', file.replaceAll(path.sep, '/')));

  it('are found', () => {
    expect(files).toContain('test/unit/build/testFiles.test.ts');
  });

  it('belong to exactly one project each', () => {
    const owners = (file: string): number =>
      projects.filter(({ test }) => picomatch.isMatch(file, [...test.include])).length;

    expect(files.filter((file) => owners(file) !== 1)).toEqual([]);
  });

  it.each(['unit', 'engine', 'webview'])('of %s run behind the network guard', (name) => {
    const project = projects.find(({ test }) => test.name === name);

    expect(project?.test).toMatchObject({ setupFiles: ['test/support/networkGuard.ts'] });
  });
});
