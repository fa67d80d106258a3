// What the commands of this folder say while they work.
import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';

/** The repository. */
export const root = path.resolve(import.meta.dirname, '../..');

const heartbeatMs = 5000;

/**
 * Runs a step that may take long: says its title, every few seconds the time and the last line of what it is doing, and
 * at the end how long it took.
 *
 * @template T
 * @param {string} title
 * @param {(report: (line: string) => void) => Promise<T>} work
 * @returns {Promise<T>}
 */
export async function step(title, work) {
  const started = performance.now();
  const seconds = () => `${((performance.now() - started) / 1000).toFixed(1)} s`;
  let detail = '';
  console.log(`▸ ${title}`);
  const heartbeat = setInterval(() => console.log(`  ${seconds()} ${detail.slice(0, 100)}`), heartbeatMs);
  try {
    const result = await work((line) => (detail = line));
    console.log(`✔ ${title} (${seconds()})`);
    return result;
  } finally {
    clearInterval(heartbeat);
  }
}

/**
 * Runs a command to its end without showing its output.
 *
 * @param {string} command
 * @param {readonly string[]} args
 * @param {{ cwd?: string; env?: NodeJS.ProcessEnv; report?: (line: string) => void }} [options] `report` is told each
 *   line as it comes.
 * @returns {Promise<string>} Standard output and standard error together.
 * @throws Error with the last lines and the place of the whole output, when the command fails.
 */
export async function run(command, args, { cwd = root, env = process.env, report = () => undefined } = {}) {
  let output = '';
  /** @type {number | null} */
  const code = await new Promise((resolve, reject) => {
    const child = spawn(command, args, { cwd, env, stdio: ['ignore', 'pipe', 'pipe'] });
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding('utf8').on('data', (/** @type {string} */ text) => {
        output += text;
        const line = text.trim().split('\n').at(-1) ?? '';
        if (!/^npm (?:warn|notice)/.test(line)) report(line);
      });
    }
    child.on('error', reject).on('close', resolve);
  });
  if (code === 0) return output;
  const log = path.join(root, 'out/logs', `${path.basename(command)}.log`);
  mkdirSync(path.dirname(log), { recursive: true });
  writeFileSync(log, output);
  const tail = output.trimEnd().split('\n').slice(-30).join('\n');
  throw new Error(`${[command, ...args].join(' ')} ended with ${String(code)}. All of its output: ${log}\n${tail}`);
}

/**
 * Runs a command whose output the user is meant to see.
 *
 * @param {string} command
 * @param {readonly string[]} args
 * @param {NodeJS.ProcessEnv} [env]
 * @returns {Promise<number>} Its exit code; 1 when a signal ended it.
 */
export async function show(command, args, env = process.env) {
  return new Promise((resolve, reject) => {
    spawn(command, args, { cwd: root, env, stdio: 'inherit' })
      .on('error', reject)
      .on('close', (code) => resolve(code ?? 1));
  });
}

/**
 * @param {string} command
 * @returns {boolean} True when the shell would find it.
 */
export function isOnPath(command) {
  return (process.env.PATH ?? '').split(path.delimiter).some((folder) => existsSync(path.join(folder, command)));
}

/**
 * Runs the work of a command; an error becomes its message on standard error and exit code 1.
 *
 * @param {() => Promise<void>} work
 */
export async function main(work) {
  try {
    await work();
  } catch (error) {
    console.error(`✘ ${error instanceof Error ? error.message : String(error)}`);
    process.exitCode = 1;
  }
}
