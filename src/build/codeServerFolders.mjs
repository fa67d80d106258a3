// What lies ready before code-server starts: user data, settings, extensions, environment.
import { mkdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';
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
 * @property {boolean} [asksForTrust] Opens folders as untrusted until somebody trusts them; otherwise all are trusted.
 * @property {readonly string[]} [args] Added to the command line.
 * @property {number} [port] 0 or nothing takes any free port.
 */

/** Nothing asks a server, nothing pops up: what is on the screen is the editor and Glassbox. */
const calmSettings = {
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
 * The environment of server and extension host: the user's, without what would steer the server.
 *
 * @param {string} temporary A short path: Unix sockets lie here, and their paths are limited to 107 bytes.
 * @param {ServerOptions} options
 * @returns {NodeJS.ProcessEnv}
 */
export function serverEnvironment(temporary, { dataFolder, env = {} }) {
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
export async function layFolders({ dataFolder, extensions, vsix = [], settings = {}, machineSettings }, env) {
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
