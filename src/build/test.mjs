// npm test [-- part ...]: installs what the tests need, runs them, and says how many passed.
import { mkdirSync, rmSync } from 'node:fs';
import path from 'node:path';
import { ensureCodeServer } from './codeServer.mjs';
import { ensurePackages } from './npmPackages.mjs';
import { ensureSystemTools } from './systemTools.mjs';
import { main, root, show, step } from './terminal.mjs';
import { countTests, testParts } from './testParts.mjs';

/**
 * @param {readonly string[]} names Nothing selects every part.
 * @returns {readonly import('./testParts.mjs').TestPart[]}
 */
function selectParts(names) {
  const known = testParts.map(({ name }) => name);
  const unknown = names.filter((name) => !known.includes(name));
  if (unknown.length > 0) throw new Error(`${unknown.join(', ')}: no such part. Parts: ${known.join(', ')}.`);
  return names.length === 0 ? testParts : testParts.filter(({ name }) => names.includes(name));
}

/** @param {import('./testParts.mjs').TestPart} part */
async function runPart(part) {
  console.log(`\n▸ ${part.title}`);
  const started = performance.now();
  if (part.report !== undefined) rmSync(part.report, { force: true });
  const exitCode = await show(process.execPath, part.command);
  return { part, counts: countTests(part, exitCode), seconds: (performance.now() - started) / 1000 };
}

/** @param {Awaited<ReturnType<typeof runPart>>[]} results */
function printSummary(results) {
  const columns = ['passed', 'failed', 'skipped'].map((title) => title.padStart(8)).join('');
  console.log(`\n${' '.repeat(10)}${columns}`);
  for (const { part, counts, seconds } of results) {
    const figures = [counts.passed, counts.failed, counts.skipped].map((count) => String(count).padStart(8)).join('');
    console.log(`${part.name.padEnd(10)}${figures}   ${seconds.toFixed(0)} s`);
  }
  /** @param {keyof import('./testParts.mjs').Counts} key */
  const sum = (key) => results.reduce((total, { counts }) => total + counts[key], 0);
  console.log(`\n${sum('passed')} passed, ${sum('failed')} failed, ${sum('skipped')} skipped`);
  return sum('failed');
}

await main(async () => {
  const parts = selectParts(process.argv.slice(2));
  mkdirSync(path.join(root, 'out/test'), { recursive: true });
  await ensurePackages();
  await ensureSystemTools(parts.flatMap(({ systemTools = [] }) => systemTools));
  if (parts.some(({ needsEditor }) => needsEditor)) await ensureCodeServer();
  const { makeBundles } = await import('./bundle.mjs');
  await step('Building the extension', () => makeBundles());
  // Those without tests only read, and say nothing unless something is wrong: together they take as long as the longest.
  const isCheck = (/** @type {(typeof parts)[number]} */ { report }) => report === undefined;
  const results = await Promise.all(parts.filter(isCheck).map(runPart));
  for (const part of parts.filter((part) => !isCheck(part))) results.push(await runPart(part));
  if (printSummary(results) > 0) process.exitCode = 1;
});
