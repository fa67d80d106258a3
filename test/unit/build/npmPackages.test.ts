import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { isInstalled } from '../../../src/build/npmPackages.mjs';

type Packages = Record<string, { version?: string; optional?: boolean }>;

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(path.join(os.tmpdir(), 'glassbox-lock-'));
  mkdirSync(path.join(folder, 'node_modules'));
});

afterEach(() => {
  rmSync(folder, { recursive: true });
});

function write(file: string, packages: Packages): void {
  writeFileSync(path.join(folder, file), JSON.stringify({ packages }));
}

describe('isInstalled', () => {
  const lock: Packages = {
    '': { version: '1.0.0' },
    'node_modules/a': { version: '1.0.0' },
    'node_modules/only-on-mac': { version: '2.0.0', optional: true },
  };

  it('is false before anything was installed', () => {
    write('package-lock.json', lock);

    expect(isInstalled(folder)).toBe(false);
  });

  it.each<[string, boolean, Packages]>([
    ['is true when only optional packages are absent', true, { 'node_modules/a': { version: '1.0.0' } }],
    ['is false when a version differs', false, { 'node_modules/a': { version: '0.9.0' } }],
    ['is false when a package is absent', false, { 'node_modules/only-on-mac': { version: '2.0.0' } }],
    [
      'is false when a package is left over',
      false,
      { 'node_modules/a': { version: '1.0.0' }, 'node_modules/b': { version: '1.0.0' } },
    ],
  ])('%s', (_, expected, installed) => {
    write('package-lock.json', lock);
    write('node_modules/.package-lock.json', installed);

    expect(isInstalled(folder)).toBe(expected);
  });
});
