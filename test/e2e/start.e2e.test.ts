import { spawn } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { root } from './editor/places.js';
import { until } from './editor/until.js';

describe('npm start', () => {
  it('prints an address that serves VS Code on the sample workspace, and Ctrl+C ends all of it', async () => {
    const start = spawn(process.execPath, [path.join(root, 'src/build/start.mjs'), '--no-open'], {
      env: { ...process.env, GLASSBOX_EDITOR: 'code-server' },
    });
    let output = '';
    start.stdout.setEncoding('utf8').on('data', (text: string) => (output += text));
    const exited = once(start, 'exit');

    const address = await until('an address', () => /http:\/\/127\.0\.0\.1:\d+\/\S+/.exec(output)?.[0], 120_000);
    const page = await fetch(address);
    start.kill('SIGINT');
    const [exitCode] = (await exited) as [number | null];

    expect(page.status).toBe(200);
    expect(await page.text()).toContain('vscode-workbench-web-configuration');
    expect(new URL(address).searchParams.get('folder')).toBe(path.join(root, 'out/start/workspace'));
    expect(exitCode).toBe(0);
    await expect(fetch(address)).rejects.toThrow();
  });

  it.each([
    ['--port', 'http'],
    ['--nonsense', ''],
  ])('says what is wrong with %s %s', async (...args) => {
    const start = spawn(process.execPath, [path.join(root, 'src/build/start.mjs'), ...args.filter(Boolean)]);
    let output = '';
    start.stderr.setEncoding('utf8').on('data', (text: string) => (output += text));
    const [exitCode] = (await once(start, 'close')) as [number | null];

    expect(exitCode).toBe(1);
    expect(output).toContain(args[0]);
    expect(output).not.toContain('    at ');
  });
});
