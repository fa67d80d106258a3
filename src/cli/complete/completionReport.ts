import type { CompletionOutcome } from '../../core/completion/completionOutcome.js';
import type { DocumentSnapshot, TextPosition } from '../../core/completion/documentSnapshot.js';
import type { ModelDescriptor } from '../../core/model/modelDescriptor.js';
import { insertionOf } from './insertedText.js';

/** The object `complete --json` prints. Lines and columns are 1-based, as on the command line. */
export interface CompletionReport {
  readonly outcome: CompletionOutcome['kind'];
  /** Why nothing is offered, when the outcome is `skipped`. */
  readonly reason?: string;
  readonly text: string;
  /** What `text` replaces: empty at the cursor, unless it closes brackets that stand after it. */
  readonly range: {
    readonly start: { readonly line: number; readonly column: number };
    readonly end: { readonly line: number; readonly column: number };
  };
  readonly tokens: readonly { readonly id: number; readonly text: string; readonly logProb: number }[];
  readonly model: { readonly id: string; readonly version: string; readonly folder: string };
  /** Milliseconds per stage: of the pipeline, and of the engine within it. */
  readonly timings: Readonly<Record<string, number>>;
}

/** Where a completion was asked for, and of which model. */
export interface CompletionPlace {
  readonly document: DocumentSnapshot;
  readonly position: TextPosition;
  readonly model: ModelDescriptor;
}

/** Sums up one outcome. */
export function reportCompletion(outcome: CompletionOutcome, place: CompletionPlace): CompletionReport {
  const { position, document } = place;
  const { id, version, folder } = place.model;
  const candidate = outcome.kind === 'shown' ? outcome.candidates[0] : undefined;
  const insertion =
    candidate === undefined
      ? { text: '', replacedLength: 0 }
      : insertionOf(candidate, position, document.lineAt(position.line));
  const start = { line: position.line + 1, column: position.character + 1 };
  return {
    outcome: outcome.kind,
    ...(outcome.kind === 'skipped' ? { reason: outcome.reason } : {}),
    text: insertion.text,
    range: { start, end: { ...start, column: start.column + insertion.replacedLength } },
    tokens: (candidate?.generation?.tokens ?? []).map(({ id: tokenId, text, logProb }) => ({
      id: tokenId,
      text,
      logProb,
    })),
    model: { id, version, folder },
    timings: outcome.kind === 'shown' ? { ...outcome.timings, ...candidate?.generation?.timings } : {},
  };
}
