// A test-only extension: lets the test process call functions inside the extension host, through a loopback port that
// wants a token.
import { renameSync, writeFileSync } from 'node:fs';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import { text } from 'node:stream/consumers';
import * as vscode from 'vscode';

/** What the test process sends: the source of a function, and its arguments after `vscode`. */
interface DriverCall {
  readonly source: string;
  readonly args: readonly unknown[];
}

type DriverFunction = (api: typeof vscode, ...args: readonly unknown[]) => unknown;

async function answer(request: IncomingMessage): Promise<unknown> {
  try {
    const { source, args } = JSON.parse(await text(request)) as DriverCall;
    const call = (0, eval)(`(${source})`) as DriverFunction;
    return { value: await call(vscode, ...args) };
  } catch (error) {
    return { error: error instanceof Error ? (error.stack ?? error.message) : String(error) };
  }
}

/** Announces its port in a file named after the workspace folder, so that each window has its own driver. */
export function activate(context: vscode.ExtensionContext): void {
  const folder = process.env.GLASSBOX_DRIVER_FOLDER;
  const token = process.env.GLASSBOX_DRIVER_TOKEN;
  if (folder === undefined || token === undefined) return;
  const server = createServer((request, response) => {
    if (request.headers.authorization !== token) {
      response.writeHead(403).end();
      return;
    }
    void answer(request).then((result) => response.end(JSON.stringify(result)));
  });
  server.listen(0, '127.0.0.1', () => {
    const name = vscode.workspace.workspaceFolders?.[0]?.name ?? 'empty';
    const file = path.join(folder, `${name}.json`);
    writeFileSync(`${file}.tmp`, JSON.stringify({ port: (server.address() as AddressInfo).port }));
    // A reader never sees half a file.
    renameSync(`${file}.tmp`, file);
  });
  context.subscriptions.push({ dispose: () => server.close() });
}
