import { LruMap } from '../flow/lruMap.js';
import { completionConstants } from './completionConstants.js';
import type { CompletionOutcome } from './completionOutcome.js';
import type { TextPosition } from './documentSnapshot.js';

/** One finished request: where it was made, when, and how it ended. */
export interface OutcomeRecord {
  readonly uri: string;
  readonly position: TextPosition;
  /** Of the document that was asked about. */
  readonly documentVersion: number;
  readonly lineCount: number;
  readonly trigger: 'automatic' | 'explicit';
  /** `Clock.now()` when the request ended. */
  readonly atMs: number;
  readonly outcome: CompletionOutcome;
}

/** The last outcomes per document and cursor position: what "why nothing?" answers from. Bounded in both directions. */
export class OutcomeHistory {
  readonly #documents = new LruMap<string, LruMap<string, OutcomeRecord>>(completionConstants.outcomeDocuments);

  /** Keeps `record` as the last one of its position. */
  add(record: OutcomeRecord): void {
    let positions = this.#documents.get(record.uri);
    if (positions === undefined) {
      positions = new LruMap(completionConstants.outcomePositions);
      this.#documents.set(record.uri, positions);
    }
    positions.set(positionKey(record.position), record);
  }

  /** The last outcome of a request at exactly this position, if it is still remembered. */
  lastAt(uri: string, position: TextPosition): OutcomeRecord | undefined {
    return this.#documents.get(uri)?.get(positionKey(position));
  }

  /** Forgets a document. */
  forget(uri: string): void {
    this.#documents.delete(uri);
  }

  /** Forgets everything. */
  clear(): void {
    this.#documents.clear();
  }
}

function positionKey(position: TextPosition): string {
  return `${position.line}:${position.character}`;
}
