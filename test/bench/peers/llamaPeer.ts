import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import type { LoadedPeer, PeerSetup } from './peerProtocol.js';
import { servePeer } from './servePeer.js';
import { timeGeneration } from './timeGeneration.js';

/** The part of node-llama-cpp that is used here; the package is installed apart, so its declarations are not at hand. */
interface LlamaPackage {
  readonly getLlama: (options: object) => Promise<{ loadModel(options: object): Promise<LlamaModel> }>;
}

interface LlamaModel {
  createContext(options: object): Promise<{ getSequence(): LlamaSequence }>;
}

interface LlamaSequence {
  /** Tokens whose keys and values are held. */
  readonly nextTokenIndex: number;
  adaptStateToTokens(tokens: readonly number[], allowShift: boolean): Promise<void>;
  evaluate(tokens: readonly number[], options: object): AsyncGenerator<number, void>;
}

/** Installed apart from everything else, because it is large. */
const packages = path.resolve(import.meta.dirname, '../llama');

/** llama.cpp with its prompt cache: of the prompt, only what differs from the last request is read again. */
async function load({ model: file, threadCount, contextLength }: PeerSetup): Promise<LoadedPeer> {
  const require = createRequire(path.join(packages, 'package.json'));
  const { getLlama } = (await import(pathToFileURL(require.resolve('node-llama-cpp')).href)) as LlamaPackage;
  const llama = await getLlama({
    gpu: false,
    build: 'never',
    logLevel: 'error',
    skipDownload: true,
    maxThreads: threadCount,
  });
  const model = await llama.loadModel({ modelPath: file });
  const context = await model.createContext({
    contextSize: contextLength,
    batchSize: contextLength,
    threads: threadCount,
  });
  const sequence = context.getSequence();
  return {
    detail: `(node-llama-cpp ${installedVersion()}, ${path.basename(file)})`,
    async generate({ tokens, newTokens }) {
      const times: number[] = [];
      const startMs = performance.now();
      // The last token is always read, since the logits come from it.
      await sequence.adaptStateToTokens(tokens.slice(0, -1), false);
      const rest = tokens.slice(sequence.nextTokenIndex);
      const generation = sequence.evaluate(rest, { temperature: 0, yieldEogToken: true });
      while (times.length < newTokens && (await generation.next()).done !== true) times.push(performance.now());
      const endMs = performance.now();
      await generation.return();
      return timeGeneration(startMs, endMs, times);
    },
  };
}

function installedVersion(): string {
  const manifest = readFileSync(path.join(packages, 'node_modules/node-llama-cpp/package.json'), 'utf8');
  return (JSON.parse(manifest) as { version: string }).version;
}

servePeer(load);
