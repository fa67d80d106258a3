import { spawn } from 'node:child_process';
import { beforeAll, describe, expect, it } from 'vitest';
import { builtEngine, testEngine } from '../../support/engineProcess.js';

const nativePackage = 'onnxruntime-node';

let scripted = '';
beforeAll(async () => {
  scripted = await testEngine('scripted');
});

async function start(env: Record<string, string>, args: string[], stdio: 'ipc' | 'ignore', entry = scripted) {
  const child = spawn(process.execPath, [entry, ...args], { env, stdio: ['ignore', 'ignore', 'pipe', stdio] });
  let message = '';
  child.stderr?.on('data', (chunk: Buffer) => {
    message += chunk.toString();
    if (message.includes(nativePackage)) child.kill('SIGKILL');
  });
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

describe('the engine that ships', () => {
  const hostPid = `--host-pid=${process.pid}`;
  // Node then writes the name of every module that is asked for.
  const tellModules = { NODE_DEBUG: 'module' };

  it('has not asked for ONNX Runtime when it refuses', async () => {
    const { exitCode, message } = await start(tellModules, [hostPid], 'ipc', builtEngine());
    expect(exitCode).toBe(78);
    expect(message).toContain('Module._load REQUEST');
    expect(message).not.toContain(nativePackage);
  });

  it('asks for ONNX Runtime when it runs: the test above would notice', async () => {
    const env = { ...tellModules, ORT_DISABLE_TELEMETRY: '1' };
    const { message } = await start(env, [hostPid], 'ipc', builtEngine());
    expect(message).toContain(nativePackage);
  });
});
