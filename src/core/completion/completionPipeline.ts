import type { Clock } from '../clock.js';
import { GlassboxError } from '../errors.js';
import type { Log } from '../log.js';
import type { CompletionCandidate, CompletionOutcome } from './completionOutcome.js';
import type { CompletionModel, CompletionQuery, CompletionSettings } from './completionQuery.js';
import type { DocumentSnapshot, TextPosition } from './documentSnapshot.js';
import type { CompletionEngine } from './generation.js';
import { OutcomeHistory, type OutcomeRecord } from './outcomeHistory.js';

/** What the pipeline needs from outside. */
export interface CompletionPipelineDeps {
  readonly engine: CompletionEngine;
  readonly clock: Clock;
  readonly log: Log;
  /** Settings for a document's language and folder. Asked once per request; must answer at once. */
  readonly settings: (document: DocumentSnapshot) => CompletionSettings;
  /** The model that would answer now; undefined when there is none. */
  readonly model: () => CompletionModel | undefined;
  /** Told of every finished request, in the order in which they end. */
  readonly onOutcome?: (record: OutcomeRecord) => void;
}

/**
 * From cursor position to suggestion. One instance serves all documents of an editor window (or one run of the CLI).
 * The document is read synchronously when {@link provide} is called and never after, so a snapshot may be a thin view
 * of a live document.
 */
export class CompletionPipeline {
  readonly #deps: CompletionPipelineDeps;
  readonly #history = new OutcomeHistory();

  constructor(deps: CompletionPipelineDeps) {
    this.#deps = deps;
  }

  /**
   * Answers one request with exactly one outcome. Never rejects: engine errors become `failed`, an aborted signal
   * becomes `cancelled`. Requests may overlap; a generation that the newer request can use is not cancelled.
   */
  async provide(query: CompletionQuery, signal: AbortSignal): Promise<CompletionOutcome> {
    const outcome: CompletionOutcome = signal.aborted
      ? { kind: 'cancelled' }
      : { kind: 'failed', error: new GlassboxError('engine-unavailable', 'The completion pipeline is not complete.') };
    this.#record(query, outcome);
    return outcome;
  }

  /**
   * Call when the cursor moved (also by typing). When it then rests for 150 ms, everything left of the current line
   * and right of the cursor is computed ahead, so that the next request only has to read the current line.
   */
  cursorMoved(query: CompletionQuery): void {
    this.#deps.log.trace(`cursor at ${query.position.line}:${query.position.character}`);
  }

  /** Call on every change of a document's text by typing: feeds the typing rhythm and stops idle work. */
  documentChanged(uri: string): void {
    this.#deps.log.trace(`changed ${uri}`);
  }

  /** Call when a document is closed; everything kept for it is dropped. */
  documentClosed(uri: string): void {
    this.#history.forget(uri);
  }

  /** Call when the user accepted a whole candidate; the request right after may offer several lines. */
  accepted(uri: string, candidate: CompletionCandidate): void {
    this.#deps.log.trace(`accepted ${candidate.text.length} characters in ${uri}`);
  }

  /** How the last request at this position ended; undefined when there was none or it is no longer remembered. */
  lastOutcomeAt(uri: string, position: TextPosition): OutcomeRecord | undefined {
    return this.#history.lastAt(uri, position);
  }

  /** Aborts everything under way and forgets everything. The pipeline must not be used afterwards. */
  dispose(): void {
    this.#history.clear();
  }

  #record(query: CompletionQuery, outcome: CompletionOutcome): void {
    const record: OutcomeRecord = {
      uri: query.document.uri,
      position: query.position,
      trigger: query.trigger,
      atMs: this.#deps.clock.now(),
      outcome,
    };
    this.#history.add(record);
    this.#deps.onOutcome?.(record);
  }
}
