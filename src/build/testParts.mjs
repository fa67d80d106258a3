// The parts of npm test and how each is counted.
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { root } from './terminal.mjs';

/**
 * @typedef {object} TestPart
 * @property {string} name What `npm test -- name` selects.
 * @property {string} title
 * @property {readonly string[]} command Runs below Node.
 * @property {string} [report] vitest's JSON report; a part without one counts as one test.
 * @property {boolean} [needsEditor] Needs VS Code.
 * @property {readonly (keyof typeof import('./systemTools.mjs').systemTools)[]} [systemTools]
 *
 * @typedef {{ passed: number; failed: number; skipped: number }} Counts
 */

const bin = (/** @type {string} */ file) => path.join(root, 'node_modules', file);

/**
 * @param {string} name A project of `test/vitest.config.ts`.
 * @param {string} title
 * @returns {TestPart}
 */
function vitestPart(name, title) {
  const report = path.join(root, `out/test/${name}.json`);
  const command = [bin('vitest/vitest.mjs'), 'run', '--config', 'test/vitest.config.ts', '--project', name];
  return {
    name,
    title,
    report,
    command: [...command, '--reporter=default', '--reporter=json', `--outputFile.json=${report}`],
  };
}

/** In the order in which they run, those without a report at the same time: what fails fast comes first. @type {readonly TestPart[]} */
export const testParts = [
  { name: 'types', title: 'Types', command: [bin('typescript/bin/tsc'), '-b'] },
  {
    name: 'lint',
    title: 'Lint',
    command: [bin('eslint/bin/eslint.js'), '-c', 'src/build/eslint.config.mjs', '.', '--max-warnings', '0'],
  },
  {
    name: 'format',
    title: 'Format',
    command: [bin('prettier/bin/prettier.cjs'), '--check', '--log-level', 'warn', '.'],
  },
  vitestPart('unit', 'Unit tests'),
  { ...vitestPart('engine', 'Engine tests: the real runtime and the bundled model'), systemTools: ['strace'] },
  {
    ...vitestPart('webview', 'Panel tests: the real pages in a real browser'),
    systemTools: ['chromium', 'koreanFont'],
  },
  {
    ...vitestPart('e2e', 'End-to-end tests: a real VS Code in a real browser'),
    needsEditor: true,
    systemTools: ['chromium', 'koreanFont'],
  },
];

/**
 * @param {TestPart} part
 * @param {number} exitCode
 * @returns {Counts} At least one failure when the exit code says so.
 */
export function countTests({ report }, exitCode) {
  const failure = exitCode === 0 ? 0 : 1;
  if (report === undefined) return { passed: 1 - failure, failed: failure, skipped: 0 };
  if (!existsSync(report)) return { passed: 0, failed: 1, skipped: 0 };
  /** @type {{ numPassedTests: number; numFailedTests: number; numPendingTests: number; numTodoTests: number }} */
  const counts = JSON.parse(readFileSync(report, 'utf8'));
  return {
    passed: counts.numPassedTests,
    failed: Math.max(counts.numFailedTests, failure),
    skipped: counts.numPendingTests + counts.numTodoTests,
  };
}
