import { execFile } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';

/** What a traced program did. */
export interface TracedRun {
  readonly output: string;
  /** Calls that made a socket able to reach another machine, one line each. */
  readonly internetSockets: readonly string[];
  /** Programs that it and its children executed: proof that the children were observed too. */
  readonly executed: readonly string[];
  /** Files it left in its home and its folder for temporary files, both empty before. */
  readonly leftFiles: readonly string[];
}

const run = promisify(execFile);

async function requireStrace(): Promise<void> {
  const message =
    'Sockets can only be observed with strace, which is missing or not allowed here. Install it (Debian: apt-get install strace).';
  await run('strace', ['-f', '-o', '/dev/null', 'true']).catch((cause: unknown) => {
    throw new Error(message, { cause });
  });
}

/**
 * Runs a Node program under strace, in an environment with a fresh home and without the variables by which programs
 * notice a build server (ONNX Runtime is silent where `CI` is set).
 *
 * @throws Error when sockets cannot be observed here, or when the program fails
 */
export async function traceNode(args: readonly string[], env: Record<string, string> = {}): Promise<TracedRun> {
  await requireStrace();
  const folder = mkdtempSync(path.join(os.tmpdir(), 'glassbox-traced-'));
  const [home, temporary, trace] = ['home', 'tmp', 'trace.txt'].map((name) => path.join(folder, name)) as [
    string,
    string,
    string,
  ];
  mkdirSync(home);
  mkdirSync(temporary);
  try {
    const { stdout } = await run(
      'strace',
      ['-f', '-qq', '--seccomp-bpf', '-e', 'trace=socket,execve', '-o', trace, process.execPath, ...args],
      { env: { PATH: process.env['PATH'] ?? '', HOME: home, TMPDIR: temporary, ...env } },
    );
    const calls = readFileSync(trace, 'utf8').split('\n');
    return {
      output: stdout,
      internetSockets: calls.filter((call) => /\bsocket\(AF_INET6?\b/.test(call)),
      executed: calls.filter((call) => call.includes('execve(')),
      leftFiles: [home, temporary].flatMap((root) => readdirSync(root, { recursive: true, encoding: 'utf8' })),
    };
  } finally {
    rmSync(folder, { recursive: true });
  }
}
