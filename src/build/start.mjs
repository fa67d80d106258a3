// npm start: from a fresh clone to a real VS Code with Glassbox in it, on a copy of the sample workspace.
import { spawn } from 'node:child_process';
import { cpSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { ensureCodeServer } from './codeServer.mjs';
import { startCodeServer } from './codeServerProcess.mjs';
import { ensurePackages } from './npmPackages.mjs';
import { isOnPath, main, root, show, step } from './terminal.mjs';

const help = `npm start [-- options]: opens VS Code with Glassbox on a copy of the sample workspace.

  --port N    port for VS Code in the browser (default: any free one)
  --no-open   print the address, open no browser
  --help      this text

GLASSBOX_EDITOR=code         use the installed VS Code (its \`code\` command)
GLASSBOX_EDITOR=code-server  use VS Code in the browser`;

const workspace = path.join(root, 'out/start/workspace');
const firstFile = path.join(workspace, 'src/tasks.ts');

/** Copies the sample, so that completions change no file of the repository; what was typed in there before stays. */
function layWorkspace() {
  cpSync(path.join(root, 'test/fixtures/workspace'), workspace, { recursive: true, force: false });
}

/** True when windows can be shown on this machine. */
const hasDisplay = process.platform !== 'linux' || Boolean(process.env.DISPLAY) || Boolean(process.env.WAYLAND_DISPLAY);

/** @returns {'code' | 'code-server'} */
function chooseEditor() {
  const wish = process.env.GLASSBOX_EDITOR;
  if (wish === 'code' || wish === 'code-server') return wish;
  if (wish) throw new Error(`GLASSBOX_EDITOR is "${wish}"; it can be "code" or "code-server".`);
  return hasDisplay && isOnPath('code') ? 'code' : 'code-server';
}

/** Opens the installed VS Code; other extensions stay out, so that the grey text is Glassbox's. */
async function openDesktop() {
  const isRoot = process.getuid?.() === 0;
  const rootArgs = isRoot ? ['--no-sandbox', '--user-data-dir', path.join(root, 'out/start/desktop')] : [];
  const code = await show('code', [
    '--new-window',
    '--disable-extensions',
    '--disable-workspace-trust',
    `--extensionDevelopmentPath=${root}`,
    ...rootArgs,
    workspace,
    firstFile,
  ]);
  if (code !== 0) throw new Error('`code` failed. GLASSBOX_EDITOR=code-server npm start uses VS Code in the browser.');
  console.log(`VS Code is open on ${workspace}`);
}

/**
 * Serves VS Code until the user stops it.
 *
 * @param {{ port: number; open: boolean }} options
 */
async function serve({ port, open }) {
  await ensureCodeServer();
  const server = await step('Starting VS Code', () =>
    startCodeServer({ dataFolder: path.join(root, 'out/start/code-server'), extensions: [root], port }),
  );
  const address = server.url(workspace, firstFile);
  console.log(`\nVS Code with Glassbox is ready. Open this address in a browser on this machine:\n\n  ${address}\n`);
  console.log('Type in a file, wait for grey text, take it with Tab. Ctrl+C stops everything.');
  if (open && hasDisplay && isOnPath('xdg-open'))
    spawn('xdg-open', [address], { stdio: 'ignore', detached: true }).unref();
  const stopping = new AbortController();
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
    process.on(signal, () => {
      stopping.abort();
      void server.stop();
    });
  }
  await server.exited;
  if (!stopping.signal.aborted)
    throw new Error('VS Code ended by itself. Its output: out/start/code-server/server.log');
  console.log('Stopped.');
}

await main(async () => {
  const { values } = parseArgs({
    options: { port: { type: 'string' }, 'no-open': { type: 'boolean' }, help: { type: 'boolean' } },
  });
  if (values.help) {
    console.log(help);
    return;
  }
  const port = Number(values.port ?? 0);
  if (!Number.isInteger(port) || port < 0 || port > 65_535)
    throw new Error(`--port ${values.port}: not a port number.`);
  const editor = chooseEditor();
  await ensurePackages();
  const { makeBundles } = await import('./bundle.mjs');
  await step('Building the extension', () => makeBundles());
  layWorkspace();
  if (editor === 'code') await openDesktop();
  else await serve({ port, open: !values['no-open'] });
});
