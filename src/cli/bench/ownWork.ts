import { CompletionPipeline } from '../../core/completion/completionPipeline.js';
import type { CompletionQuery } from '../../core/completion/completionQuery.js';
import type { DocumentSnapshot } from '../../core/completion/documentSnapshot.js';
import type { CompletionEngine, GenerationResult } from '../../core/completion/generation.js';
import type { Clock } from '../../core/clock.js';
import { editorSettings, silentLog } from '../complete/pipelineDefaults.js';

const documentLines = 10_000;
const cursorLine = 5_000;
const typedText = '    const total = entries.map((entry) => entry.amount).reduce((sum, amount) => sum + amount, 0);';
const fileLine = '  const value = computeValue(index, options.scale);';

/** Answers at once, so that what is measured is the pipeline alone. */
const instantEngine: CompletionEngine = {
  generate: () => Promise.resolve(instantResult),
  prefill: () => Promise.resolve({ promptTokenCount: 800, reusedTokenCount: 800, prefillMs: 0 }),
};

const instantResult: GenerationResult = {
  text: ' entries.length;',
  tokens: [],
  healedLength: 0,
  stopReason: 'line-end',
  promptTokenCount: 800,
  reusedTokenCount: 800,
  timings: { queueMs: 0, loadMs: 0, tokenizeMs: 0, prefillMs: 0, decodeMs: 0 },
};

/**
 * The extension host's own work for one keystroke in a file of 10,000 lines: everything the pipeline does but waiting
 * for the engine. A line is typed character by character, once to warm up and then `repeats` times.
 *
 * @returns Milliseconds of this process's CPU time, one mean for each line typed.
 */
export async function measureOwnWork(repeats: number, clock: Clock, signal: AbortSignal): Promise<readonly number[]> {
  const samples: number[] = [];
  for (let repeat = 0; repeat <= repeats; repeat++) {
    const pipeline = new CompletionPipeline({
      engine: instantEngine,
      clock,
      log: silentLog,
      settings: () => editorSettings,
      alternatives: [],
      model: () => ({ id: 'instant', hash: '', contextLength: 1024 }),
    });
    const before = process.cpuUsage();
    for (let typed = 1; typed <= typedText.length; typed++) await type(pipeline, typedText.slice(0, typed), signal);
    const { user, system } = process.cpuUsage(before);
    if (repeat > 0) samples.push((user + system) / 1000 / typedText.length);
    pipeline.dispose();
  }
  return samples;
}

async function type(pipeline: CompletionPipeline, line: string, signal: AbortSignal): Promise<void> {
  const position = { line: cursorLine, character: line.length };
  const query: CompletionQuery = {
    document: largeDocument(line),
    position,
    trigger: 'explicit',
    selections: [{ anchor: position, active: position }],
    selectedSuggestion: undefined,
    isComposing: false,
  };
  pipeline.documentChanged(query.document.uri);
  pipeline.cursorMoved(query);
  await pipeline.provide(query, signal);
}

function largeDocument(line: string): DocumentSnapshot {
  return {
    uri: 'file:///large.ts',
    scheme: 'file',
    path: 'large.ts',
    languageId: 'typescript',
    version: line.length,
    lineCount: documentLines,
    endOfLine: '\n',
    isReadonly: false,
    insertSpaces: true,
    tabSize: 2,
    lineAt: (index) => (index === cursorLine ? line : `${fileLine} // ${index}`),
  };
}
