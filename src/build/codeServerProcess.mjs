// Starts code-server on this machine's loopback address and stops it with everything that it started.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createWriteStream, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import net from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { codeServer } from './codeServer.mjs';
import { run } from './terminal.mjs';

/**
 * @typedef {object} ServerOptions
 * @property {string} dataFolder Holds user data, extensions and the log; made when missing.
 * @property {readonly string[]} extensions Extension folders, linked as they are.
 * @property {readonly string[]} [vsix] Packaged extensions to install.
 * @property {Readonly<Record<string, unknown>>} [settings] User settings; left alone when there are some already.
 * @property {Readonly<Record<string, unknown>>} [machineSettings] Settings of machine scope: VS Code reads them from here
 *   alone when its window is in a browser.
 * @property {Readonly<Record<string, string>>} [env] Added to the environment of server and extension host.
 * @property {readonly string[]} [args] Added to the command line.
 * @property {number} [port] 0 or nothing takes any free port.
 *
 * @typedef {object} CodeServerProcess
 * @property {string} base Address without a path.
 * @property {number} pid
 * @property {(folder: string, openFile?: string) => string} url Address of a window on a folder.
 * @property {(signal?: NodeJS.Signals) => Promise<void>} stop
 * @property {Promise<unknown>} exited
 */

/** Nothing asks a server, nothing pops up: what is on the screen is the editor and Glassbox. */
export const calmSettings = {
  'chat.disableAIFeatures': true,
  'extensions.autoCheckUpdates': false,
  'extensions.autoUpdate': false,
  'extensions.ignoreRecommendations': true,
  'git.openRepositoryInParentFolders': 'never',
  'remote.autoForwardPorts': false,
  'telemetry.telemetryLevel': 'off',
  'update.mode': 'none',
  'workbench.enableExperiments': false,
  'workbench.secondarySideBar.defaultVisibility': 'hidden',
  'workbench.startupEditor': 'none',
  'workbench.tips.enabled': false,
};

// Variables that would steer code-server (it reads PORT before --bind-addr) or the Node it runs on.
const foreignVariables = /^(?:VSCODE_|npm_|CODE_SERVER|CS_|PORT$|PASSWORD$|HASHED_PASSWORD$|NODE_OPTIONS$|VITEST)/;

/**
 * @param {string} temporary A short path: Unix sockets lie here, and their paths are limited to 107 bytes.
 * @param {ServerOptions} options
 * @returns {NodeJS.ProcessEnv}
 */
function serverEnvironment(temporary, { dataFolder, env = {} }) {
  const own = Object.entries(process.env).filter(([name]) => !foreignVariables.test(name));
  return {
    ...Object.fromEntries(own),
    XDG_CACHE_HOME: dataFolder,
    XDG_DATA_HOME: dataFolder,
    XDG_RUNTIME_DIR: temporary,
    TMPDIR: temporary,
    EXTENSIONS_GALLERY: '{}',
    VSCODE_SKIP_BUILTIN_EXTENSIONS: 'GitHub.copilot-chat',
    ...env,
  };
}

/**
 * Lays user data and extensions. The extensions folder is made anew, so that VS Code scans it and finds the links.
 *
 * @param {ServerOptions} options
 * @param {NodeJS.ProcessEnv} env
 * @returns {Promise<string[]>} The arguments that name the two folders.
 */
async function layFolders({ dataFolder, extensions, vsix = [], settings = {}, machineSettings }, env) {
  const userData = path.join(dataFolder, 'data');
  const extensionsFolder = path.join(dataFolder, 'extensions');
  rmSync(extensionsFolder, { recursive: true, force: true });
  for (const folder of [path.join(userData, 'User'), path.join(userData, 'Machine'), extensionsFolder])
    mkdirSync(folder, { recursive: true });
  writeNew(path.join(userData, 'User/settings.json'), { ...calmSettings, ...settings });
  if (machineSettings !== undefined) writeNew(path.join(userData, 'Machine/settings.json'), machineSettings);
  for (const folder of extensions) {
    /** @type {Record<'publisher' | 'name' | 'version', string>} */
    const { publisher, name, version } = JSON.parse(readFileSync(path.join(folder, 'package.json'), 'utf8'));
    symlinkSync(folder, path.join(extensionsFolder, `${publisher}.${name}-${version}`));
  }
  const folders = ['--config', '/dev/null', '--user-data-dir', userData, '--extensions-dir', extensionsFolder];
  for (const file of vsix) {
    await run(codeServer.node, [codeServer.entry, ...folders, '--install-extension', file, '--force'], { env });
  }
  return folders;
}

/**
 * @param {string} file
 * @param {Readonly<Record<string, unknown>>} content
 */
function writeNew(file, content) {
  try {
    writeFileSync(file, JSON.stringify(content, null, 2), { flag: 'wx' });
  } catch (error) {
    if (!(error instanceof Error) || !('code' in error) || error.code !== 'EEXIST') throw error;
  }
}

/** @returns {Promise<number>} A port of the loopback address that nothing listens on. */
async function freePort() {
  const server = net.createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = /** @type {net.AddressInfo} */ (server.address());
  server.close();
  return port;
}

/**
 * Starts code-server and waits until it answers.
 *
 * @param {ServerOptions} options
 * @returns {Promise<CodeServerProcess>}
 * @throws Error that names the log, when it does not answer within 30 seconds.
 */
export async function startCodeServer(options) {
  const temporary = mkdtempSync(path.join(os.tmpdir(), 'glassbox-'));
  const env = serverEnvironment(temporary, options);
  const folders = await layFolders(options, env);
  const port = options.port ? options.port : await freePort();
  const logFile = path.join(options.dataFolder, 'server.log');
  const child = spawn(
    codeServer.node,
    [
      codeServer.entry,
      '--bind-addr',
      `127.0.0.1:${port}`,
      '--auth',
      'none',
      ...folders,
      ...fixedArgs,
      ...(options.args ?? []),
    ],
    // Its own process group, so that one signal reaches the server, the extension hosts and their children.
    { env, detached: true, stdio: ['ignore', 'pipe', 'pipe'] },
  );
  const pid = child.pid;
  if (pid === undefined) throw new Error(`${codeServer.node} did not start.`);
  const log = createWriteStream(logFile);
  child.stdout.pipe(log, { end: false });
  child.stderr.pipe(log, { end: false });
  const exited = once(child, 'exit');
  const stop = stopper(pid, exited, temporary);
  const base = `http://127.0.0.1:${port}`;
  if (!(await answers(base, exited))) {
    await stop();
    throw new Error(`VS Code did not start on ${base}. Its output: ${logFile}`);
  }
  return { base, pid, url: (folder, openFile) => windowUrl(base, folder, openFile), stop, exited };
}

const fixedArgs = [
  '--disable-telemetry',
  '--disable-update-check',
  '--disable-workspace-trust',
  '--disable-getting-started-override',
  '--disable-proxy',
];

/**
 * @param {number} pid
 * @param {Promise<unknown>} exited
 * @param {string} temporary
 * @returns {CodeServerProcess['stop']}
 */
function stopper(pid, exited, temporary) {
  const signalGroup = (/** @type {NodeJS.Signals} */ signal) => {
    try {
      process.kill(-pid, signal);
    } catch {
      // The whole group has ended.
    }
  };
  const onExit = () => signalGroup('SIGKILL');
  process.once('exit', onExit);
  return async (signal = 'SIGTERM') => {
    process.off('exit', onExit);
    signalGroup(signal);
    await Promise.race([exited, delay(4000, undefined, { ref: false })]);
    signalGroup('SIGKILL');
    rmSync(temporary, { recursive: true, force: true, maxRetries: 20, retryDelay: 100 });
  };
}

/**
 * @param {string} base
 * @param {Promise<unknown>} exited
 * @returns {Promise<boolean>} False when the process ended or 30 seconds passed.
 */
async function answers(base, exited) {
  const ended = new AbortController();
  void exited.then(() => ended.abort());
  const end = performance.now() + 30_000;
  while (!ended.signal.aborted && performance.now() < end) {
    const response = await fetch(`${base}/healthz`).catch(() => undefined);
    if (response?.ok === true) return true;
    await delay(100);
  }
  return false;
}

/**
 * @param {string} base
 * @param {string} folder
 * @param {string | undefined} openFile
 */
function windowUrl(base, folder, openFile) {
  const query = new URLSearchParams({ folder });
  if (openFile !== undefined) {
    query.set('payload', JSON.stringify([['openFile', `vscode-remote://${new URL(base).host}${openFile}`]]));
  }
  return `${base}/?${query.toString()}`;
}
