import { createReadStream } from 'node:fs';
import type { CompletionOutcome } from '../../core/completion/completionOutcome.js';
import type { DocumentSnapshot, TextPosition } from '../../core/completion/documentSnapshot.js';
import { GlassboxError, throwIfAborted } from '../../core/errors.js';
import type { CliServices } from '../cliServices.js';
import { exitCodes, type ExitCode } from '../exitCodes.js';
import { readLines } from '../inputLines.js';
import { standardInput, unreadable } from '../inputText.js';
import { selectModel, type ModelOptions } from '../modelSelection.js';
import { reportLine } from '../terminal.js';
import { createTextDocument } from '../textDocument.js';
import { parseBatchLine, type BatchTask } from './batchTask.js';
import { CompletionSession } from './completionSession.js';
import { insertionOf } from './insertedText.js';
import { memoryScope, rememberFolder, type MemoryOptions } from './rememberFolder.js';

/** What one finished task prints; keys that are undefined are left out. */
interface BatchAnswer {
  readonly id: string | number;
  readonly outcome: CompletionOutcome['kind'];
  readonly text: string;
  readonly latencyMs: number;
  readonly reason?: string;
  readonly replacedLength?: number;
}

/**
 * Completes one task a line, in order, and prints one answer a line. A line that cannot be read, or whose task fails,
 * prints its number and the error, and the rest goes on.
 *
 * @returns `checkFailed` when any line had an error.
 * @throws GlassboxError when the file or the model cannot be used at all.
 */
export async function completeBatch(
  file: string,
  options: ModelOptions & MemoryOptions,
  services: CliServices,
): Promise<ExitCode> {
  const { terminal, signal } = services;
  const model = await selectModel(options, services);
  await services.engine.call('models/load', { folder: model.folder }, { signal });
  await rememberFolder(options, model, services);
  const session = new CompletionSession(model, services, memoryScope(options));
  let number = 0;
  let failures = 0;
  try {
    for await (const line of readLines(file === standardInput ? terminal.input : openFile(file))) {
      throwIfAborted(signal);
      number++;
      if (line.trim() === '') continue;
      const answer = await answerLine(line, session, services);
      if ('error' in answer) failures++;
      await terminal.write(`${JSON.stringify('error' in answer ? { line: number, ...answer } : answer)}\n`);
    }
  } finally {
    session.dispose();
  }
  if (failures === 0) return exitCodes.ok;
  reportLine(terminal, `${failures} of ${number} lines failed. Look for "error" in the output.`);
  return exitCodes.checkFailed;
}

async function answerLine(
  line: string,
  session: CompletionSession,
  services: CliServices,
): Promise<BatchAnswer | { readonly error: string }> {
  const parsed = parseBatchLine(line);
  if (parsed.kind === 'refused') return { error: parsed.error };
  const { task } = parsed;
  const { document, position } = documentOf(task);
  const startMs = services.clock.now();
  const outcome = await session.complete(document, position, {
    maxNewTokens: task.maxNewTokens,
    singleLine: task.singleLine,
  });
  throwIfAborted(services.signal);
  if (outcome.kind === 'failed') return { error: outcome.error.sentence };
  const latencyMs = Math.round((services.clock.now() - startMs) * 10) / 10;
  return { id: task.id, ...describe(outcome, position, document), latencyMs };
}

function describe(
  outcome: Exclude<CompletionOutcome, { kind: 'failed' }>,
  position: TextPosition,
  document: DocumentSnapshot,
): Pick<BatchAnswer, 'outcome' | 'text' | 'reason' | 'replacedLength'> {
  const candidate = outcome.kind === 'shown' ? outcome.candidates[0] : undefined;
  if (candidate === undefined) {
    return { outcome: outcome.kind, text: '', ...(outcome.kind === 'skipped' ? { reason: outcome.reason } : {}) };
  }
  const { text, replacedLength } = insertionOf(candidate, position, document.lineAt(position.line));
  return { outcome: outcome.kind, text, ...(replacedLength > 0 ? { replacedLength } : {}) };
}

/** The document a task describes, with the cursor between prefix and suffix. */
function documentOf(task: BatchTask): { readonly document: DocumentSnapshot; readonly position: TextPosition } {
  const before = task.prefix.split(/\r\n|\r|\n/);
  const document = createTextDocument({
    uri: `file:///batch/${encodeURIComponent(String(task.id))}`,
    path: task.path,
    languageId: task.language,
    text: task.prefix + task.suffix,
  });
  return { document, position: { line: before.length - 1, character: before.at(-1)!.length } };
}

async function* openFile(file: string): AsyncGenerator<Uint8Array> {
  try {
    for await (const chunk of createReadStream(file)) yield chunk as Uint8Array;
  } catch (error) {
    throw GlassboxError.is(error) ? error : unreadable(file, error);
  }
}
