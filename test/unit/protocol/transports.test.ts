import { fork } from 'node:child_process';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { IPCMessageReader, IPCMessageWriter } from 'vscode-jsonrpc/node';
import { GlassboxError } from '../../../src/core/errors.js';
import { RpcClient } from '../../../src/protocol/rpcClient.js';
import { RpcServer } from '../../../src/protocol/rpcServer.js';
import { bundleForNode } from '../../support/bundleForNode.js';
import { portTransportPair } from '../../support/portTransports.js';
import { createSampleHandlers, type SampleContract, sampleSchemas } from '../../support/sampleContract.js';
import { settledError } from '../../support/settledError.js';
import { silentLog } from '../../support/silentLog.js';

interface Peers {
  readonly client: RpcClient<SampleContract>;
  readonly dispose: () => void;
}

let childBundle = '';
beforeAll(async () => {
  childBundle = await bundleForNode('test/support/sampleContractChild.ts');
});

function peersOverNodeIpc(): Peers {
  const child = fork(childBundle, { serialization: 'advanced', execArgv: [] });
  const transport = { reader: new IPCMessageReader(child), writer: new IPCMessageWriter(child) };
  return { client: new RpcClient(transport, silentLog), dispose: () => child.kill('SIGKILL') };
}

function peersOverPort(copying: 'structured-clone' | 'json'): Peers {
  const pair = portTransportPair(copying);
  const server = new RpcServer(pair.server, createSampleHandlers(), sampleSchemas, silentLog);
  const dispose = (): void => {
    server.dispose();
    pair.close();
  };
  return { client: new RpcClient(pair.client, silentLog), dispose };
}

const transports: readonly (readonly [string, () => Peers])[] = [
  ['Node IPC', peersOverNodeIpc],
  ['a message port with structured clones', () => peersOverPort('structured-clone')],
  ['a message port with JSON copies', () => peersOverPort('json')],
];

describe.each(transports)('a contract over %s', (_name, connect) => {
  let peers: Peers;
  let client: RpcClient<SampleContract>;
  beforeEach(() => {
    peers = connect();
    client = peers.client;
  });
  afterEach(() => peers.dispose());
  afterAll(() => expect(client.pendingCount).toBe(0));

  it('answers with the result', async () => {
    const value = { nested: [1, 'two', null], empty: '' };
    expect(await client.call('echo', { value })).toEqual(value);
  });

  it.each([
    ['composed and decomposed Hangul', '한글 \u1112\u1161\u11ab'],
    ['emoji with joiners', '👩‍👩‍👧‍👦'],
    ['a lone surrogate', 'a\ud83dz'],
    ['NUL, CRLF and line separators', '\0\r\n\u2028\u2029'],
  ])('carries %s unchanged', async (_what, text) => {
    expect(await client.call('echo', { value: text })).toBe(text);
  });

  it('delivers all progress in order, before the result', async () => {
    const seen: (number | string)[] = [];
    const result = await client.call('countTo', { limit: 200 }, { onProgress: (count) => seen.push(count) });
    seen.push('settled');
    expect(result).toBe(200);
    expect(seen).toEqual([...Array.from({ length: 200 }, (_, index) => index + 1), 'settled']);
  });

  it('keeps the progress of concurrent calls apart', async () => {
    const seen: number[][] = [[], []];
    await Promise.all(
      seen.map((list, index) => client.call('countTo', { limit: 5 + index }, { onProgress: (n) => list.push(n) })),
    );
    expect(seen).toEqual([
      [1, 2, 3, 4, 5],
      [1, 2, 3, 4, 5, 6],
    ]);
  });

  it('rejects with cancelled at once, and cancels the handler', async () => {
    const controller = new AbortController();
    const { signal } = controller;
    const abortWhenStarted = (): void => controller.abort();
    const error = settledError(client.call('waitForAbort', {}, { signal, onProgress: abortWhenStarted }));
    expect((await error).code).toBe('cancelled');
    expect(await client.call('abortCounts', {})).toEqual({ started: 1, aborted: 1 });
  });

  it('leaves no handler running whose request was cancelled before it was dispatched', async () => {
    const controller = new AbortController();
    const error = settledError(client.call('waitForAbort', {}, { signal: controller.signal }));
    controller.abort();
    expect((await error).code).toBe('cancelled');
    const { started, aborted } = await client.call('abortCounts', {});
    expect(aborted).toBe(started);
  });

  it('does not send what was aborted before the call', async () => {
    const signal = AbortSignal.abort();
    expect((await settledError(client.call('waitForAbort', {}, { signal }))).code).toBe('cancelled');
    expect(await client.call('abortCounts', {})).toEqual({ started: 0, aborted: 0 });
  });

  it('carries code, message and action of an error', async () => {
    const error = await settledError(client.call('fail', { how: 'with-action' }));
    expect(error).toMatchObject({
      code: 'model-hash-mismatch',
      message: 'Wrong bytes.',
      action: 'Download it again.',
    });
  });

  it.each([
    ['with-error', 'an ordinary error'],
    ['with-string', 'a string'],
    ['synchronously', 'thrown before the first await'],
  ] as const)('answers a handler that fails %s', async (how, message) => {
    expect(await settledError(client.call('fail', { how }))).toMatchObject({
      code: 'internal',
      message,
      action: undefined,
    });
  });

  it('refuses parameters outside their bounds, naming the place', async () => {
    const error = await settledError(client.call('countTo', { limit: 1001 }));
    expect(error.code).toBe('bad-request');
    expect(error.message).toMatch(/^countTo: limit: /);
  });

  it.each([{ limit: 'many' }, { limit: Number.NaN }, {}, null, 'limit', [5]])(
    'refuses the parameters %j',
    async (params) => {
      const error = await settledError(client.call('countTo', params as { limit: number }));
      expect(error.code).toBe('bad-request');
    },
  );

  it('answers a method that does not exist', async () => {
    const error = await settledError(client.call('noSuchMethod' as 'echo', { value: 1 }));
    expect(error.code).toBe('bad-request');
    expect(error.message).toContain('noSuchMethod');
  });

  it('settles everything when it is closed, and rejects later calls', async () => {
    const pending = [settledError(client.call('waitForAbort', {})), settledError(client.call('waitForAbort', {}))];
    client.close(new GlassboxError('engine-crashed', 'gone'));
    expect((await Promise.all(pending)).map(({ code }) => code)).toEqual(['engine-crashed', 'engine-crashed']);
    expect((await settledError(client.call('echo', { value: 1 }))).code).toBe('engine-crashed');
  });

  it('keeps serving when a progress listener throws', async () => {
    const onProgress = (): never => {
      throw new Error('a broken listener');
    };
    expect(await client.call('countTo', { limit: 3 }, { onProgress })).toBe(3);
  });
});

describe('a result that the transport cannot carry', () => {
  it.each(transports.slice(0, 2))('is answered with an error over %s', async (_name, connect) => {
    const peers = connect();
    const error = await settledError(peers.client.call('answerUnsendable', {}));
    expect(error.code).toBe('internal');
    peers.dispose();
  });
});
