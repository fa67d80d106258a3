import { once } from 'node:events';
import net from 'node:net';
import { describe, expect, it } from 'vitest';

describe('the network guard', () => {
  it('lets a connection to this machine through', async () => {
    const server = net.createServer((socket) => socket.end('here')).listen(0, '127.0.0.1');
    await once(server, 'listening');
    const { port } = server.address() as net.AddressInfo;

    const [answer] = (await once(net.connect(port, '127.0.0.1'), 'data')) as [Buffer];

    expect(answer.toString()).toBe('here');
    server.close();
  });

  it.fails('fails a test that connects elsewhere, even when the error is swallowed', async () => {
    await new Promise((resolve) => net.connect(9, '192.0.2.1').on('error', resolve));
  });

  it.fails('fails a test that looks up a name', async () => {
    await fetch('http://glassbox.invalid/').catch(() => undefined);
  });
});
