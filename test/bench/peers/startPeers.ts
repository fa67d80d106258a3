import { existsSync, readdirSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import type { ModelDescriptor } from '../../../src/core/model/modelDescriptor.js';
import { startPeer, type StartedPeer } from './peerProcess.js';
import { readPeerModel } from './promptEncoder.js';

/** Where the peers' files are. */
export interface PeerPlaces {
  /** The repository. */
  readonly root: string;
  /** Folder of the bundled peer programs. */
  readonly programs: string;
  /** GGUF file with the model's weights; looked for in the training output when undefined. */
  readonly gguf: string | undefined;
}

/** As many as the engine takes: one core stays free. */
const threadCount = Math.max(1, Math.min(4, os.availableParallelism() - 1));

/** Starts every peer that is installed, on the given model. */
export async function startPeers(
  model: ModelDescriptor,
  places: PeerPlaces,
  signal: AbortSignal,
): Promise<readonly StartedPeer[]> {
  const { contextLength, onnxName, encode } = await readPeerModel(model.folder, signal);
  const common = { threadCount, contextLength, onnxName };
  const transformers = await startPeer({
    name: 'transformers.js',
    program: path.join(places.programs, 'transformersPeer.mjs'),
    setup: { ...common, model: model.folder },
    encode,
    hint: 'Run npm ci.',
  });
  return [transformers, await startLlama()];

  async function startLlama(): Promise<StartedPeer> {
    const name = 'llama.cpp';
    const folder = path.join(places.root, 'test/bench/llama');
    const gguf = places.gguf ?? firstGguf(path.join(places.root, 'models/training/out'));
    if (!existsSync(path.join(folder, 'node_modules'))) {
      return absent(name, 'not installed; run "npm ci --prefix test/bench/llama".');
    }
    if (gguf === undefined) return absent(name, 'no GGUF file; name one with --gguf, see models/training/README.md.');
    const program = path.join(places.programs, 'llamaPeer.mjs');
    const hint = 'Check --gguf and "npm ci --prefix test/bench/llama".';
    return startPeer({ name, program, setup: { ...common, model: path.resolve(gguf) }, encode, hint });
  }
}

function absent(name: string, missing: string): StartedPeer {
  return { peer: { name, missing }, dispose: () => undefined };
}

function firstGguf(folder: string): string | undefined {
  if (!existsSync(folder)) return undefined;
  const [file] = readdirSync(folder)
    .filter((name) => name.endsWith('.gguf'))
    .sort();
  return file === undefined ? undefined : path.join(folder, file);
}
