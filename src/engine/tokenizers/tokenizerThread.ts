import { Worker } from 'node:worker_threads';
import type { Clock } from '../../core/clock.js';
import { GlassboxError, throwIfAborted } from '../../core/errors.js';
import type { Log } from '../../core/log.js';
import { portTransport } from '../../protocol/messagePort.js';
import { RpcClient } from '../../protocol/rpcClient.js';
import type { RpcHandlerContext, RpcHandlers } from '../../protocol/rpcContract.js';
import type { TokenizersContract } from '../../protocol/tokenizersContract.js';
import { RequestLane } from '../process/requestLane.js';
import { workerPort } from './workerPort.js';

/** What the thread is made with. */
export interface TokenizerThreadOptions {
  /** Absolute path of the bundled `tokenizerWorker.ts`. */
  readonly workerFile: string;
  readonly clock: Clock;
  readonly log: Log;
  /** Milliseconds that a request may take beside what its text adds: {@link defaultDeadlineMs} when left out. */
  readonly deadlineMs?: number;
}

/** Enough to read the largest tokenizer file on a slow machine. */
export const defaultDeadlineMs = 8000;

/** What an encoding of our own is given besides: opening takes seconds on a busy machine, and nothing in it is hostile. */
const builtinOpeningMs = 60_000;

/** What a million UTF-16 units of text add to the deadline; the slowest kind of tokenizer needs a quarter of it. */
const deadlineMsPerMegaUnit = 4000;

/** JavaScript's heap of the thread: the largest tokenizer in use, opened twice. */
const maxHeapMegabytes = 1024;

const maxWaiting = 64;

type Method = keyof TokenizersContract;

/**
 * The thread that tokenizers of the lab run in. It starts with the first request, does one after the other, and is ended
 * when a request takes longer than its deadline; the next request gets a new one.
 */
export class TokenizerThread {
  readonly #options: TokenizerThreadOptions;
  readonly #lane: RequestLane;
  #running: { readonly worker: Worker; readonly client: RpcClient<TokenizersContract> } | undefined;

  constructor(options: TokenizerThreadOptions) {
    this.#options = options;
    this.#lane = new RequestLane(options.clock);
  }

  /**
   * Answers every request about tokenizers. A cancelled one that runs already is finished, within its deadline.
   * Rejects with `tokenizer-too-slow`, and with `tokenizer-unsupported` when memory does not suffice.
   */
  get handlers(): RpcHandlers<TokenizersContract> {
    return {
      'tokenizers/list': this.#inThread('tokenizers/list'),
      'tokenizers/describe': this.#inThread('tokenizers/describe'),
      'tokenizers/encode': this.#inThread('tokenizers/encode'),
      'tokenizers/replay': this.#inThread('tokenizers/replay'),
      'tokenizers/renderChat': this.#inThread('tokenizers/renderChat'),
    };
  }

  /** Ends the thread; what it was doing is rejected with `engine-stopped`. */
  async dispose(): Promise<void> {
    await this.#end(new GlassboxError('engine-stopped', 'The engine was stopped.'));
  }

  #inThread<K extends Method>(method: K) {
    return (
      params: TokenizersContract[K]['params'],
      { signal }: Pick<RpcHandlerContext<never>, 'signal'>,
    ): Promise<TokenizersContract[K]['result']> => {
      const run = (laneSignal: AbortSignal): Promise<TokenizersContract[K]['result']> =>
        this.#call(method, params, laneSignal);
      return this.#lane.submit(
        { kind: 'tokenizers', precedence: 0, maxWaiting, slot: undefined, yields: false, interjects: false, run },
        signal,
      );
    };
  }

  async #call<K extends Method>(
    method: K,
    params: TokenizersContract[K]['params'],
    signal: AbortSignal,
  ): Promise<TokenizersContract[K]['result']> {
    const { clock, deadlineMs = defaultDeadlineMs } = this.#options;
    const { client } = (this.#running ??= this.#start());
    const openingMs = isBuiltin(params) ? builtinOpeningMs : 0;
    const limitMs = deadlineMs + openingMs + textLengthOf(params) * (deadlineMsPerMegaUnit / 1e6);
    const stopWaiting = clock.schedule(() => void this.#end(tooSlow(limitMs)), limitMs);
    try {
      const result = await client.call(method, params);
      throwIfAborted(signal);
      return result;
    } finally {
      stopWaiting();
    }
  }

  #start(): { readonly worker: Worker; readonly client: RpcClient<TokenizersContract> } {
    const { workerFile, log } = this.#options;
    const worker = new Worker(workerFile, {
      name: 'tokenizers',
      resourceLimits: { maxOldGenerationSizeMb: maxHeapMegabytes },
    });
    // The thread alone must not keep an engine alive that has nothing else to do.
    worker.unref();
    worker.on('error', (error: NodeJS.ErrnoException) => {
      if (this.#running?.worker === worker) void this.#end(explain(error));
    });
    return { worker, client: new RpcClient<TokenizersContract>(portTransport(workerPort(worker)), log) };
  }

  async #end(error: GlassboxError): Promise<void> {
    const running = this.#running;
    this.#running = undefined;
    running?.client.close(error);
    await running?.worker.terminate();
  }
}

function isBuiltin(params: TokenizersContract[Method]['params']): boolean {
  return 'source' in params && params.source.kind === 'builtin';
}

function textLengthOf(params: TokenizersContract[Method]['params']): number {
  return 'text' in params ? params.text.length : 0;
}

function tooSlow(limitMs: number): GlassboxError {
  return new GlassboxError(
    'tokenizer-too-slow',
    `The tokenizer did not finish within ${Math.round(limitMs / 1000)} s and was stopped.`,
    {
      action:
        'Its tokenizer.json may hold a regular expression that takes forever; try another tokenizer or less text.',
    },
  );
}

function explain(error: NodeJS.ErrnoException): GlassboxError {
  if (error.code === 'ERR_WORKER_OUT_OF_MEMORY') {
    return new GlassboxError(
      'tokenizer-unsupported',
      `The tokenizer needs more than ${maxHeapMegabytes} MB of memory and was stopped.`,
      { action: 'Try another tokenizer or less text.', cause: error },
    );
  }
  return GlassboxError.from(error);
}
