import { spawn } from 'node:child_process';
import { beforeAll, describe, expect, it } from 'vitest';
import { testEngine } from '../../support/engineProcess.js';

let scripted = '';
beforeAll(async () => {
  scripted = await testEngine('scripted');
});

async function start(env: Record<string, string>, args: string[], stdio: 'ipc' | 'ignore') {
  const child = spawn(process.execPath, [scripted, ...args], { env, stdio: ['ignore', 'ignore', 'pipe', stdio] });
  let message = '';
  child.stderr?.on('data', (chunk: Buffer) => (message += chunk.toString()));
  const exitCode = await new Promise((resolve) => child.once('close', resolve));
  return { exitCode, message };
}

describe('the engine refuses to run', () => {
  const hostPid = `--host-pid=${process.pid}`;

  it.each([{}, { ORT_DISABLE_TELEMETRY: '0' }, { ORT_DISABLE_TELEMETRY: '', CI: 'true' }])(
    'where ONNX Runtime would report to its maker: %j',
    async (env) => {
      const { exitCode, message } = await start(env, [hostPid], 'ipc');
      expect(exitCode).toBe(78);
      expect(message).toContain('ORT_DISABLE_TELEMETRY');
    },
  );

  it.each<[string, string[], 'ipc' | 'ignore']>([
    ['started by hand', [hostPid], 'ignore'],
    ['without its host', [], 'ipc'],
    ['with a host that is none', ['--host-pid=none'], 'ipc'],
  ])('%s', async (_how, args, stdio) => {
    const { exitCode, message } = await start({ ORT_DISABLE_TELEMETRY: '1' }, args, stdio);
    expect(exitCode).toBe(64);
    expect(message).toContain('started by Glassbox');
  });
});
