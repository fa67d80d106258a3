// Starts code-server on this machine's loopback address and stops it with everything that it started.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createWriteStream, mkdtempSync, rmSync } from 'node:fs';
import net from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { codeServer } from './codeServer.mjs';
import { layFolders, serverEnvironment } from './codeServerFolders.mjs';

/**
 * @typedef {object} CodeServerProcess
 * @property {string} base Address without a path.
 * @property {number} pid
 * @property {(folder: string, openFile?: string) => string} url Address of a window on a folder.
 * @property {(signal?: NodeJS.Signals) => Promise<void>} stop
 * @property {Promise<unknown>} exited
 */

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
 * @param {import('./codeServerFolders.mjs').ServerOptions} options
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
      // Nobody but this machine reaches the loopback address.
      '--auth',
      'none',
      '--session-socket',
      path.join(temporary, 'session.sock'),
      ...folders,
      ...fixedArgs,
      ...(options.asksForTrust === true ? [] : ['--disable-workspace-trust']),
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
