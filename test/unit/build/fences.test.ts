import { spawnSync } from 'node:child_process';
import path from 'node:path';
import { build, type Metafile } from 'esbuild';
import { ESLint } from 'eslint';
import { beforeAll, describe, expect, it } from 'vitest';
import { bundles, bundleViolations, sizeViolations } from '../../../src/build/bundles.mjs';
import { createLintConfig } from '../../../src/build/eslint.config.mjs';
import { projectFolders, writeSourceTree } from '../../support/sourceTree.js';
import { crossings, targets } from './fenceCrossings.js';

const root = path.resolve(import.meta.dirname, '../../..');

describe('fence 1: project references', () => {
  let compilerOutput: string;

  beforeAll(() => {
    const tree = writeSourceTree('fence-types', { ...targets, ...contents() });
    const compiler = path.join(root, 'node_modules/typescript/bin/tsc');
    compilerOutput = spawnSync(process.execPath, [compiler, '-b', '--pretty', 'false', ...projectFolders], {
      cwd: tree,
      encoding: 'utf8',
    }).stdout;
  }, 60_000);

  it.each(crossings.filter(({ compiler }) => compiler !== undefined))('stops $file', ({ file, compiler }) => {
    expect(compilerOutput).toMatch(new RegExp(`^${file}\\(.*error ${String(compiler)}`, 'm'));
  });

  it.each(Object.keys(targets))('says nothing about %s', (file) => {
    expect(compilerOutput).not.toContain(`${file}(`);
  });
});

describe('fence 2: lint rules', () => {
  let messages: ReadonlyMap<string, readonly (string | null)[]>;

  beforeAll(async () => {
    const tree = writeSourceTree('fence-lint', { ...targets, ...contents() });
    const eslint = new ESLint({ cwd: tree, overrideConfigFile: true, overrideConfig: createLintConfig(tree) });
    const results = await eslint.lintFiles(['src', 'webview']);
    messages = new Map(
      results.map((result) => [path.relative(tree, result.filePath), result.messages.map(({ ruleId }) => ruleId)]),
    );
  }, 60_000);

  it.each(crossings.filter(({ rule }) => rule !== undefined))('reports $rule in $file', ({ file, rule }) => {
    expect(messages.get(file)).toContain(rule);
  });

  it.each(Object.keys(targets))('says nothing about %s', (file) => {
    expect(messages.get(file)).toEqual([]);
  });
});

describe('fence 3: bundles', () => {
  async function violations(outfile: string, source: string): Promise<string[]> {
    const bundle = bundles.find((candidate) => candidate.outfile === outfile)!;
    const tree = writeSourceTree('fence-bundle', { ...targets, [bundle.entry]: source });
    const { metafile } = await build({
      absWorkingDir: tree,
      entryPoints: [bundle.entry],
      outfile,
      bundle: true,
      platform: bundle.platform,
      format: bundle.format,
      packages: 'external',
      metafile: true,
      write: false,
    });
    return bundleViolations(bundle, metafile);
  }

  it.each([
    ['dist/extension.cjs', `import { session } from './engine/session.js'; session();`, /must not contain src\/engine/],
    ['dist/extension.cjs', `import 'onnxruntime-node';`, /must not import onnxruntime-node/],
    ['dist/engine.cjs', `import { panel } from '../host/panel.js'; panel();`, /must not contain src\/host/],
    ['dist/engine.cjs', `import 'vscode';`, /must not import vscode/],
    ['dist/cli.js', `import { session } from './engine/session.js'; session();`, /must not contain src\/engine/],
    ['dist/cli.js', `import 'onnxruntime-node';`, /must not import onnxruntime-node/],
    ['dist/extension.cjs', `import { page } from '../webview/boot/page.js'; page();`, /must not contain webview/],
    [
      'dist/webview/tokenizationLab.js',
      `import { panel } from '../../src/host/panel.js'; panel();`,
      /not contain src\/host/,
    ],
    ['dist/webview/tokenizationLab.js', `import 'node:fs';`, /must not import node:fs/],
  ])('stops %s from holding %s', async (outfile, source, expected) => {
    expect(await violations(outfile, source)).toEqual([expect.stringMatching(expected)]);
  });

  it('lets a bundle of its own layers through', async () => {
    expect(await violations('dist/engine.cjs', `import { session } from './session.js'; session();`)).toEqual([]);
  });
});

describe('the budget of a bundle', () => {
  const bundle = { ...bundles[0]!, outfile: 'dist/page.js', maxBytes: 100 };
  const made = (bytes: number): Metafile => ({
    inputs: {},
    outputs: { 'dist/page.js': { bytes, inputs: {}, imports: [], exports: [] } },
  });

  it('is what a bundle may have and no more', () => {
    expect(sizeViolations(bundle, made(100))).toEqual([]);
    expect(sizeViolations(bundle, made(101))).toEqual(['dist/page.js has 101 bytes; its budget is 100.']);
  });
});

function contents(): Record<string, string> {
  return Object.fromEntries(crossings.map(({ file, source }) => [file, source]));
}
