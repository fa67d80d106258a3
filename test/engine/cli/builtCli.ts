import { spawn, type ChildProcessWithoutNullStreams } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { onTestFinished } from 'vitest';
import { builtEngine } from '../../support/engineProcess.js';

const entry = path.resolve(import.meta.dirname, '../../../dist/cli.js');

/** What a user sees of one run. */
export interface CliResult {
  /** Null when a signal ended it. */
  readonly exitCode: number | null;
  readonly output: string;
  readonly errors: string;
}

/** Starts the terminal tool that ships; killed when the test ends. Throws, saying what to run, when it was not built. */
export function startCli(args: readonly string[]): ChildProcessWithoutNullStreams {
  builtEngine();
  if (!existsSync(entry)) throw new Error('dist/cli.js is missing: run "npm run build" first.');
  const child = spawn(process.execPath, [entry, ...args]);
  onTestFinished(() => void child.kill('SIGKILL'));
  return child;
}

/** Runs the terminal tool to its end. */
export async function runBuiltCli(args: readonly string[], input: string | Uint8Array = ''): Promise<CliResult> {
  const child = startCli(args);
  const output = collect(child.stdout);
  const errors = collect(child.stderr);
  child.stdin.end(input);
  const exitCode = await new Promise<number | null>((resolve) => child.once('close', resolve));
  return { exitCode, output: await output, errors: await errors };
}

/** A file of its own for a test; removed when the test ends. */
export async function sourceFile(name: string, contents: string | Uint8Array): Promise<string> {
  return path.join(await sourceFolder({ [name]: contents }), name);
}

/** A folder with files for a test; removed when the test ends. */
export async function sourceFolder(files: Readonly<Record<string, string | Uint8Array>>): Promise<string> {
  const folder = await mkdtemp(path.join(tmpdir(), 'glassbox-cli-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  for (const [name, contents] of Object.entries(files)) {
    const file = path.join(folder, name);
    await mkdir(path.dirname(file), { recursive: true });
    await writeFile(file, contents);
  }
  return folder;
}

async function collect(stream: AsyncIterable<Buffer>): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of stream) chunks.push(chunk);
  return Buffer.concat(chunks).toString();
}
