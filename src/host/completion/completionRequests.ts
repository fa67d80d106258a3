import type { Clock } from '../../core/clock.js';
import type { CompletionOutcome } from '../../core/completion/completionOutcome.js';
import type { CompletionQuery } from '../../core/completion/completionQuery.js';
import { GlassboxError } from '../../core/errors.js';
import type { Log } from '../../core/log.js';
import { describeOutcome } from './describeOutcome.js';

/** One request that ended. */
export interface RequestRecord {
  /** Short id, unique in this window; every log line of the request carries it. */
  readonly id: string;
  readonly query: Pick<CompletionQuery, 'position' | 'trigger'> & { readonly uri: string };
  readonly outcome: CompletionOutcome;
  readonly totalMs: number;
}

/** What requests need from outside. */
export interface CompletionRequestsDeps {
  readonly pipeline: { provide(query: CompletionQuery, signal: AbortSignal): Promise<CompletionOutcome> };
  /** Looks for models when that was not done yet. @throws GlassboxError */
  readonly findModels: () => Promise<unknown>;
  readonly clock: Clock;
  readonly log: Log;
  /** Called when a request starts and when it ends. */
  readonly onActivity: () => void;
}

/**
 * Passes requests to the pipeline: gives each an id, writes it to the log, and looks for models on the first request
 * that is not turned away before a model is needed, so that the engine starts then and not earlier.
 */
export class CompletionRequests {
  private count = 0;
  private running = 0;
  private lastFailure: string | undefined;
  private last: RequestRecord | undefined;

  constructor(private readonly deps: CompletionRequestsDeps) {}

  /** Whether a request is under way. */
  get isBusy(): boolean {
    return this.running > 0;
  }

  /** The request that ended last. */
  get latest(): RequestRecord | undefined {
    return this.last;
  }

  /**
   * Answers one request with exactly one outcome; never rejects.
   *
   * @param makeQuery Reads the document as it is now; called again if looking for models took time.
   */
  async request(makeQuery: () => CompletionQuery, signal: AbortSignal): Promise<CompletionOutcome> {
    const id = (this.count++).toString(36).padStart(3, '0');
    const startMs = this.deps.clock.now();
    const query = makeQuery();
    this.running++;
    this.deps.onActivity();
    try {
      let outcome = await this.deps.pipeline.provide(query, signal);
      if (outcome.kind === 'skipped' && outcome.reason === 'no-model') outcome = await this.retry(makeQuery, signal);
      this.record(id, query, outcome, this.deps.clock.now() - startMs);
      return outcome;
    } finally {
      this.running--;
      this.deps.onActivity();
    }
  }

  private async retry(makeQuery: () => CompletionQuery, signal: AbortSignal): Promise<CompletionOutcome> {
    try {
      await this.deps.findModels();
    } catch (error) {
      return { kind: 'failed', error: GlassboxError.from(error) };
    }
    return signal.aborted ? { kind: 'cancelled' } : this.deps.pipeline.provide(makeQuery(), signal);
  }

  private record(id: string, query: CompletionQuery, outcome: CompletionOutcome, totalMs: number): void {
    const { position, trigger, document } = query;
    this.last = { id, query: { position, trigger, uri: document.uri }, outcome, totalMs };
    const line = `request ${id} ${trigger} ${document.languageId} v${document.version}: ${describeOutcome(outcome, totalMs)}`;
    const failure = outcome.kind === 'failed' ? outcome.error.code : undefined;
    // A failure that repeats with every key is said once; the lines in between stay readable.
    if (failure !== undefined && failure !== this.lastFailure) this.deps.log.warn(line);
    else if (outcome.kind === 'shown') this.deps.log.info(line);
    else this.deps.log.debug(line);
    if (outcome.kind === 'shown' || failure !== undefined) this.lastFailure = failure;
    if (outcome.kind === 'shown') {
      this.deps.log.trace(
        `request ${id} text: ${outcome.candidates.map(({ text }) => JSON.stringify(text)).join(' | ')}`,
      );
    }
  }
}
