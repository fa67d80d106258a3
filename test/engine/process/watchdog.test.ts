import { spawn } from 'node:child_process';
import { copyFileSync, mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { beforeAll, describe, expect, it } from 'vitest';
import { bundleForNode } from '../../support/bundleForNode.js';
import { testEngine } from '../../support/engineProcess.js';
import { isAlive, waitForExit } from '../../support/processes.js';

let scripted = '';
let host = '';
beforeAll(async () => {
  scripted = await testEngine('scripted');
  host = await bundleForNode('test/support/engineHost.ts');
});

/** Starts a host whose engine does what `line` says; resolves with both once the engine answered. */
async function startHost(line: string): Promise<{ hostPid: number; enginePid: number }> {
  const child = spawn(process.execPath, [host, scripted, line], { stdio: ['ignore', 'pipe', 'inherit'] });
  const [enginePid] = await new Promise<string[]>((resolve, reject) => {
    createInterface(child.stdout).once('line', (text) => resolve([text]));
    child.once('exit', (code) => reject(new Error(`the host ended with ${code ?? 'a signal'}`)));
  });
  return { hostPid: child.pid ?? 0, enginePid: Number(enginePid) };
}

/** Kills the host of an engine that does what `line` says; resolves with how long the engine lived on. */
async function survivalMs(line: string): Promise<number> {
  const { hostPid, enginePid } = await startHost(line);
  // Time for the request to arrive, so that the thread is really blocked.
  await new Promise((resolve) => setTimeout(resolve, 300));
  expect(isAlive(enginePid)).toBe(true);
  process.kill(hostPid, 'SIGKILL');
  return waitForExit(enginePid, 10_000);
}

describe('an engine whose host is killed', () => {
  it.each([
    ['decodes', 'steps'],
    ['is blocked in a native call', 'hang'],
    ['never returns to its event loop', 'spin'],
  ])('ends within a second while it %s (median of 3)', async (_what, line) => {
    const times = [await survivalMs(line), await survivalMs(line), await survivalMs(line)];
    expect(times.sort((a, b) => a - b)[1]).toBeLessThan(1000);
  });
});

describe('an engine that nobody would watch', () => {
  it('does not run: without its watchdog beside it, it ends at once', async () => {
    const folder = mkdtempSync(path.join(os.tmpdir(), 'glassbox-unwatched-'));
    const entry = path.join(folder, 'engine.cjs');
    copyFileSync(scripted, entry);
    const child = spawn(process.execPath, [entry, `--host-pid=${process.pid}`], {
      env: { ORT_DISABLE_TELEMETRY: '1' },
      stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
    });
    const exitCode = await new Promise((resolve) => child.once('exit', resolve));
    expect(exitCode).not.toBe(0);
    rmSync(folder, { recursive: true });
  });
});
