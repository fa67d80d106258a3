import { randomBytes } from 'node:crypto';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { startCodeServer } from '../../../src/build/codeServerProcess.mjs';
import { layLanguagePack } from './languagePack.js';
import { driverFolder, root } from './places.js';
import { until } from './until.js';

/** How an editor server differs from the usual one. */
export interface EditorServerOptions {
  /** The packaged extension to install; without it a folder is linked. */
  readonly vsix?: string;
  /** The extension's folder; the repository itself without. */
  readonly extension?: string;
  /** User settings on top of the calm ones. */
  readonly settings?: Readonly<Record<string, unknown>>;
  /** Settings of machine scope. */
  readonly machineSettings?: Readonly<Record<string, unknown>>;
  /** Display language of extensions, `ko` for instance; VS Code itself stays English. */
  readonly locale?: string;
  /** Folders open in restricted mode. */
  readonly asksForTrust?: boolean;
}

/** A running VS Code server with Glassbox and the driver in it, and everything that it wrote in one folder of its own. */
export class EditorServer {
  readonly #process: Awaited<ReturnType<typeof startCodeServer>>;
  readonly #folder: string;
  readonly #token: string;

  private constructor(process: Awaited<ReturnType<typeof startCodeServer>>, folder: string, token: string) {
    this.#process = process;
    this.#folder = folder;
    this.#token = token;
  }

  /** Starts a server with fresh user data. */
  static async start({
    vsix,
    extension = root,
    settings = {},
    machineSettings = {},
    locale,
    asksForTrust = false,
  }: EditorServerOptions = {}): Promise<EditorServer> {
    const folder = mkdtempSync(path.join(os.tmpdir(), 'glassbox-e2e-'));
    const token = randomBytes(16).toString('hex');
    for (const name of ['driver', 'home', 'workspaces']) mkdirSync(path.join(folder, name));
    const process = await startCodeServer({
      dataFolder: folder,
      extensions: [...(vsix === undefined ? [extension] : []), driverFolder],
      vsix: vsix === undefined ? [] : [vsix],
      // In a browser VS Code saves by itself after a second; here only what a test saves is saved.
      settings: { 'workbench.colorTheme': 'Default Dark Modern', 'files.autoSave': 'off', ...settings },
      machineSettings,
      asksForTrust,
      args: locale === undefined ? [] : layLanguagePack(path.join(folder, 'data'), locale),
      env: {
        HOME: path.join(folder, 'home'),
        GLASSBOX_DRIVER_FOLDER: path.join(folder, 'driver'),
        GLASSBOX_DRIVER_TOKEN: token,
      },
    });
    return new EditorServer(process, folder, token);
  }

  /** Process id of the server; its extension hosts and engines are below it. */
  get pid(): number {
    return this.#process.pid;
  }

  /** Where the server keeps user data, logs and extensions. */
  get folder(): string {
    return this.#folder;
  }

  /** Copies the sample workspace under a name that no other window of this server has. */
  newWorkspace(name: string): string {
    const workspace = path.join(this.#folder, 'workspaces', name);
    cpSync(path.join(root, 'test/fixtures/workspace'), workspace, { recursive: true, errorOnExist: true });
    return workspace;
  }

  /** Address of a window on a folder, with a file open in it. */
  url(folder: string, openFile?: string): string {
    return this.#process.url(folder, openFile);
  }

  /** Makes the next {@link call} for this folder wait for a driver that is yet to start. */
  forgetDriver(folder: string): void {
    rmSync(this.#driverFile(folder), { force: true });
  }

  /**
   * Runs a function inside the extension host of the window on a folder.
   *
   * @param source A function of `vscode` and the arguments that uses nothing of its surroundings.
   * @throws Error with the stack from in there.
   */
  async call(folder: string, source: string, args: readonly unknown[]): Promise<unknown> {
    const { port } = await until(
      'the driver extension is active',
      () => JSON.parse(readFileSync(this.#driverFile(folder), 'utf8')) as { port: number },
    );
    const response = await fetch(`http://127.0.0.1:${port}/`, {
      method: 'POST',
      headers: { authorization: this.#token },
      body: JSON.stringify({ source, args }),
    });
    const result = (await response.json()) as { value?: unknown; error?: string };
    if (result.error !== undefined) throw new Error(`In the extension host: ${result.error}`);
    return result.value;
  }

  /** Ends the server with all its children and removes what it wrote. */
  async stop(): Promise<void> {
    await this.#process.stop();
    rmSync(this.#folder, { recursive: true, force: true, maxRetries: 20, retryDelay: 100 });
  }

  #driverFile(folder: string): string {
    return path.join(this.#folder, 'driver', `${path.basename(folder)}.json`);
  }
}
