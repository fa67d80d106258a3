import type { LoadedPeer, PeerAnswer, PeerRequest, PeerSetup } from './peerProtocol.js';

/** The life of a peer's process: set up once, then answer one request after the other until the parent goes away. */
export function servePeer(load: (setup: PeerSetup) => Promise<LoadedPeer>): void {
  let peer: LoadedPeer | undefined;
  const answer = async (message: PeerSetup | PeerRequest): Promise<PeerAnswer> => {
    if ('model' in message) {
      peer = await load(message);
      return { kind: 'ready', detail: peer.detail };
    }
    if (peer === undefined) throw new Error('The setup must come first.');
    return { kind: 'generated', times: await peer.generate(message) };
  };
  process.on('message', (message: PeerSetup | PeerRequest) => {
    void answer(message)
      .catch((error: unknown): PeerAnswer => ({
        kind: 'failed',
        message: error instanceof Error ? error.message : String(error),
      }))
      .then((reply) => process.send?.(reply));
  });
  process.on('disconnect', () => process.exit(0));
}
