import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import 'vscode-jsonrpc/node';
import { RpcClient } from '../../../src/protocol/rpcClient.js';
import { RpcServer } from '../../../src/protocol/rpcServer.js';
import { portTransportPair, type TransportPair } from '../../support/portTransports.js';
import { createSampleHandlers, type SampleContract, sampleSchemas } from '../../support/sampleContract.js';
import { silentLog } from '../../support/silentLog.js';

const jsonrpc = '2.0';
const malformed: readonly unknown[] = [
  null,
  undefined,
  'text',
  42,
  [],
  {},
  { jsonrpc: '1.0', id: 1, method: 'echo' },
  { jsonrpc, method: '$/cancelRequest' },
  { jsonrpc, method: '$/cancelRequest', params: { id: {} } },
  { jsonrpc, method: '$/progress' },
  { jsonrpc, method: '$/progress', params: null },
  { jsonrpc, id: null, method: 'echo', params: {} },
  { jsonrpc, id: { nested: true }, method: 'echo', params: {} },
  { jsonrpc, id: 7, method: 12 },
  { jsonrpc, id: 99, result: 'to nobody' },
  { jsonrpc, id: 99, error: 'no object' },
  { jsonrpc, id: 1, method: 'echo' },
  { jsonrpc, id: 2, method: 'echo', params: [1, 2, 3] },
  { jsonrpc, id: 3, method: 'countTo', params: { params: { limit: 1 }, progressToken: 'text' } },
];

describe('messages that are none', () => {
  let pair: TransportPair;
  let client: RpcClient<SampleContract>;
  let server: RpcServer<SampleContract>;
  beforeEach(() => {
    pair = portTransportPair('structured-clone');
    server = new RpcServer(pair.server, createSampleHandlers(), sampleSchemas, silentLog);
    client = new RpcClient(pair.client, silentLog);
  });
  afterEach(() => {
    server.dispose();
    pair.close();
  });

  it.each(malformed.map((value) => [JSON.stringify(value), value]))(
    '%s leaves both sides working',
    async (_json, value) => {
      pair.inject('server', value);
      pair.inject('client', value);
      expect(await client.call('echo', { value: 'still here' })).toBe('still here');
    },
  );

  it('whatever they hold leave both sides working', async () => {
    const part = fc.option(fc.oneof(fc.string(), fc.integer(), fc.constant(null), fc.jsonValue()), { nil: undefined });
    const message = fc.record({
      jsonrpc: fc.constantFrom('2.0', '1.0'),
      id: part,
      method: fc.oneof(part, fc.constantFrom('$/cancelRequest', '$/progress', 'echo', 'fail')),
      params: part,
      result: part,
      error: part,
    });
    await fc.assert(
      fc.asyncProperty(message, async (value) => {
        pair.inject('server', value);
        pair.inject('client', value);
        expect(await client.call('echo', { value: 1 })).toBe(1);
      }),
      { numRuns: 200, seed: 20261121 },
    );
  });
});
