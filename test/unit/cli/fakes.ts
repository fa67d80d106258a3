import type { Clock } from '../../../src/core/clock.js';
import type { ModelDescriptor } from '../../../src/core/model/modelDescriptor.js';
import type { EngineClient, EngineContract, EngineMethod } from '../../../src/protocol/engineContract.js';
import type { CliServices } from '../../../src/cli/cliServices.js';
import { runCli } from '../../../src/cli/program.js';
import type { Terminal } from '../../../src/cli/terminal.js';

/** Answers to the calls a test expects; any other call rejects. */
export type Answers = {
  readonly [K in EngineMethod]?: (
    params: EngineContract[K]['params'],
  ) => EngineContract[K]['result'] | Promise<EngineContract[K]['result']>;
};

/** An engine that answers from a table. */
export class FakeEngine implements EngineClient {
  readonly calls: { readonly method: EngineMethod; readonly params: unknown }[] = [];

  constructor(private readonly answers: Answers) {}

  async call<K extends EngineMethod>(
    method: K,
    params: EngineContract[K]['params'],
  ): Promise<EngineContract[K]['result']> {
    this.calls.push({ method, params });
    const answer = this.answers[method];
    if (answer === undefined) throw new Error(`unexpected call of ${method}`);
    return answer(params);
  }
}

/** Keeps what a command writes. */
export class RecordingTerminal implements Terminal {
  output = '';
  errors = '';
  readonly showsProgress = true;

  constructor(readonly input: AsyncIterable<Uint8Array>) {}

  async write(text: string): Promise<void> {
    this.output += text;
  }

  writeError(text: string): void {
    this.errors += text;
  }
}

/** Time that moves one millisecond per look; what is scheduled runs at once. */
export function createSteppingClock(): Clock {
  let nowMs = 0;
  return {
    now: () => nowMs++,
    schedule(callback) {
      let isCancelled = false;
      queueMicrotask(() => {
        if (!isCancelled) callback();
      });
      return () => {
        isCancelled = true;
      };
    },
  };
}

/** Bytes as standard input delivers them, `size` at a time. */
export async function* chunksOf(text: string | Uint8Array, size = 5): AsyncGenerator<Uint8Array> {
  const bytes = typeof text === 'string' ? new TextEncoder().encode(text) : text;
  for (let start = 0; start < bytes.length; start += size) yield bytes.subarray(start, start + size);
}

export const sampleModel: ModelDescriptor = {
  id: 'sample',
  name: 'Sample',
  version: '1.2.3',
  folder: '/models/sample',
  source: 'bundled',
  roles: ['completion'],
  contextLength: 1024,
  license: 'MIT',
  sizeBytes: 16_500_000,
  cardHash: 'ab'.repeat(32),
  problem: undefined,
};

/** What a user sees of one run. */
export interface CliRun {
  readonly exitCode: number;
  readonly output: string;
  readonly errors: string;
  readonly engine: FakeEngine;
}

/** Runs the command line against a table of answers; the sample model is installed unless the table says otherwise. */
export async function runWith(
  args: readonly string[],
  answers: Answers = {},
  options: { readonly input?: string | AsyncIterable<Uint8Array>; readonly signal?: AbortSignal } = {},
): Promise<CliRun> {
  const { input = '' } = options;
  const terminal = new RecordingTerminal(typeof input === 'string' ? chunksOf(input) : input);
  const engine = new FakeEngine({ 'models/scan': () => [sampleModel], 'models/load': () => sampleModel, ...answers });
  const services: CliServices = {
    terminal,
    engine,
    startEngine: () => {
      throw new Error('a test starts no second engine');
    },
    clock: createSteppingClock(),
    bundledModelsFolder: '/models',
    version: '9.9.9',
    signal: options.signal ?? new AbortController().signal,
  };
  const exitCode = await runCli(args, services);
  return { exitCode, output: terminal.output, errors: terminal.errors, engine };
}
