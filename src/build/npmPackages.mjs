// Brings node_modules in line with package-lock.json. Needs nothing but Node and npm.
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { root, run, step } from './terminal.mjs';

/** @typedef {{ packages: Record<string, { version?: string; optional?: boolean; link?: boolean }> }} Lock */

/** @param {string} file */
const readLock = (file) => /** @type {Lock} */ (JSON.parse(readFileSync(file, 'utf8')));

/**
 * Compares the lock file with npm's own record of what it installed, which npm writes when an installation is complete.
 *
 * @param {string} folder Holds `package-lock.json`.
 * @returns {boolean} True when `npm ci` would change nothing.
 */
export function isInstalled(folder) {
  const record = path.join(folder, 'node_modules/.package-lock.json');
  if (!existsSync(record)) return false;
  const installed = readLock(record).packages;
  const wanted = readLock(path.join(folder, 'package-lock.json')).packages;
  return (
    Object.entries(installed).every(([name, { version }]) => wanted[name]?.version === version) &&
    Object.entries(wanted).every(([name, { optional }]) => name === '' || optional === true || name in installed)
  );
}

/**
 * Installs the packages of the lock file, once per lock file. No install script runs: every package used here works
 * without, and onnxruntime-node's script would ask a server for GPU libraries.
 *
 * @throws Error that says what to do instead, on Windows.
 */
export async function ensurePackages() {
  if (process.platform === 'win32') {
    throw new Error('These commands run on Linux and macOS. On Windows, run them in WSL: https://aka.ms/wsl');
  }
  if (isInstalled(root)) return;
  await step('Installing packages (npm ci; a few minutes when nothing is cached)', (report) =>
    run('npm', ['ci', '--ignore-scripts', '--no-audit', '--no-fund'], {
      env: { ...process.env, ONNXRUNTIME_NODE_INSTALL: 'skip' },
      report,
    }),
  );
}
