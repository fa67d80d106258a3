import type { SkipReason } from '../../../src/core/completion/completionOutcome.js';
import type { DocumentSnapshot, TextPosition } from '../../../src/core/completion/documentSnapshot.js';
import type { StopReason } from '../../../src/core/completion/generation.js';
import { insertionOf } from '../../../src/cli/complete/insertedText.js';
import { createTextDocument } from '../../../src/cli/textDocument.js';
import type { Contestant } from '../contestants/contestant.js';
import type { EvalTask, SourceText } from '../tasks/evalTask.js';
import { EvalPipeline } from './evalPipeline.js';

/** What came of one task; every key that is undefined is left out of the stored answer. */
export interface InfillAnswer {
  /** What the user would see; empty when nothing is offered. */
  readonly shown: string;
  /** What was written before post-processing. */
  readonly written: string;
  readonly stopReason?: StopReason;
  readonly skipReason?: SkipReason;
}

/** Asks for the answer of a task that cuts a piece out of a file: one line, or what the editor decides on for a block. */
export async function measureInfill(
  contestant: Contestant,
  task: EvalTask,
  signal: AbortSignal,
): Promise<InfillAnswer> {
  const { source, start, end } = task;
  await contestant.prepare(source, signal);
  const left = source.text.slice(0, start);
  const document = documentOf(source, left + source.text.slice(end));
  const position = endOf(left);
  const isSingleLine = task.kind !== 'block' && task.kind !== 'nothing';
  const pipeline = new EvalPipeline(contestant, source, isSingleLine ? 'never' : 'auto', signal);
  const { outcome, written } = await pipeline.ask(document, position, 'explicit').finally(() => pipeline.dispose());
  const candidate = outcome.kind === 'shown' ? outcome.candidates[0] : undefined;
  const shown = candidate === undefined ? '' : insertionOf(candidate, position, document.lineAt(position.line)).text;
  return {
    shown,
    written: written?.text ?? '',
    ...(written === undefined ? {} : { stopReason: written.stopReason }),
    ...(outcome.kind === 'skipped' ? { skipReason: outcome.reason } : {}),
  };
}

/** A source file with another text, as the editor would open it. */
export function documentOf(source: SourceText, text: string): DocumentSnapshot {
  const uri = `file:///${source.origin}/${source.path}`;
  return createTextDocument({ uri, path: source.path, languageId: source.languageId, text });
}

/** The position behind the last character of a text. */
export function endOf(text: string): TextPosition {
  const lines = text.split('\n');
  return { line: lines.length - 1, character: lines.at(-1)!.length };
}
