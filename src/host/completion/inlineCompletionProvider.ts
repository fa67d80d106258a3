import * as vscode from 'vscode';
import type { CompletionCandidate } from '../../core/completion/completionOutcome.js';
import type { CompletionPipeline } from '../../core/completion/completionPipeline.js';
import type { CompletionQuery } from '../../core/completion/completionQuery.js';
import { recordAcceptanceCommand } from '../commandIds.js';
import { toAbortSignal } from './abortSignal.js';
import type { CompletionRequests } from './completionRequests.js';
import { withoutPrecedingLines } from './precedingLines.js';
import type { QueryReader } from './queryReader.js';
import { toRange } from './textDocumentSnapshot.js';

/** Every document; what is not completed is decided, with a reason, by the gate of the pipeline. */
export const completionSelector: vscode.DocumentSelector = { pattern: '**' };

/** Adapts the editor's inline completion to the pipeline. Never throws and never shows anything by itself. */
export class InlineCompletionProvider implements vscode.InlineCompletionItemProvider {
  constructor(
    private readonly requests: CompletionRequests,
    private readonly queries: QueryReader,
  ) {}

  async provideInlineCompletionItems(
    document: vscode.TextDocument,
    position: vscode.Position,
    context: vscode.InlineCompletionContext,
    token: vscode.CancellationToken,
  ): Promise<vscode.InlineCompletionItem[]> {
    const abort = toAbortSignal(token);
    let precedingLineCount = 0;
    const readQuery = (): CompletionQuery => {
      const read = this.queries.read(document, position, context);
      precedingLineCount = read.precedingLineCount;
      return read.query;
    };
    try {
      const outcome = await this.requests.request(readQuery, abort.signal);
      if (outcome.kind !== 'shown' || token.isCancellationRequested) return [];
      const uri = document.uri.toString();
      return outcome.candidates.map((candidate) => toItem(uri, candidate, precedingLineCount));
    } finally {
      abort.dispose();
    }
  }
}

/** Plain text, never a snippet: the editor reformats snippets when they are accepted. */
function toItem(uri: string, candidate: CompletionCandidate, precedingLineCount: number): vscode.InlineCompletionItem {
  const { text, range } = withoutPrecedingLines(candidate, precedingLineCount);
  return new vscode.InlineCompletionItem(text, toRange(range), {
    command: recordAcceptanceCommand,
    title: recordAcceptanceCommand,
    arguments: [uri, candidate],
  });
}

/** Registers the command that runs after an item was accepted, and tells those who want to know. */
export function registerAcceptance(listeners: readonly Pick<CompletionPipeline, 'accepted'>[]): vscode.Disposable {
  return vscode.commands.registerCommand(recordAcceptanceCommand, (uri: unknown, candidate: unknown) => {
    if (typeof uri !== 'string' || !isCandidate(candidate)) return;
    for (const listener of listeners) listener.accepted(uri, candidate);
  });
}

/** Any extension can run a command, so its arguments are checked. */
function isCandidate(value: unknown): value is CompletionCandidate {
  return (
    typeof value === 'object' && value !== null && 'text' in value && typeof value.text === 'string' && 'range' in value
  );
}
