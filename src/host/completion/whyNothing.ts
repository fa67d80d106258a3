import * as vscode from 'vscode';
import type { CompletionOutcome } from '../../core/completion/completionOutcome.js';
import type { CompletionPipeline } from '../../core/completion/completionPipeline.js';
import { showMessage } from '../faultNotices.js';
import type { LanguageNames } from '../settings/languageNames.js';
import type { Translate } from '../translate.js';
import type { CompletionRequests } from './completionRequests.js';
import { nextSteps, openSetting } from './nextSteps.js';
import { outcomeSentence, type OutcomeContext } from './outcomeSentences.js';
import type { QueryReader } from './queryReader.js';

/** What "Why Nothing?" needs. */
export interface WhyNothingDeps {
  readonly pipeline: Pick<CompletionPipeline, 'lastOutcomeAt'>;
  readonly requests: CompletionRequests;
  readonly queries: QueryReader;
  readonly languageNames: LanguageNames;
  readonly snoozedMinutes: () => number;
  readonly t: Translate;
}

/** Longer than any request takes whose engine still answers, loading a model included. */
const patienceMs = 30_000;

/** Says how the last request at the cursor ended; makes one when there was none, so that there is always an answer. */
export async function explainNothing(deps: WhyNothingDeps): Promise<void> {
  const { t } = deps;
  const editor = vscode.window.activeTextEditor;
  if (editor === undefined) {
    showMessage('info', t('No editor is open. Put the cursor where you want a completion, and ask again.'), []);
    return;
  }
  if (!isInlineSuggestEnabled(editor.document)) {
    const sentence = t(
      'Inline suggestions are switched off in VS Code (editor.inlineSuggest.enabled), so nothing was asked.',
    );
    showMessage('info', sentence, [openSetting(t, 'editor.inlineSuggest.enabled')]);
    return;
  }
  const { outcome, fresh } = await outcomeAtCursor(deps, editor);
  const why = outcomeSentence(t, outcome, contextOf(editor.document, deps));
  const sentence = fresh ? [t('Nothing had been asked at this cursor; asked now.'), why].join(' ') : why;
  showMessage('info', sentence, nextSteps(t, outcome));
}

async function outcomeAtCursor(
  deps: WhyNothingDeps,
  editor: vscode.TextEditor,
): Promise<{ outcome: CompletionOutcome; fresh: boolean }> {
  const read = (): ReturnType<QueryReader['read']>['query'] =>
    deps.queries.read(editor.document, editor.selection.active).query;
  const { document, position } = read();
  const known = deps.pipeline.lastOutcomeAt(document.uri, position)?.outcome;
  // A cancelled request says nothing about this place, and "no model" may only mean that nobody had looked yet.
  const answers = known !== undefined && known.kind !== 'cancelled' && !isNoModel(known);
  if (answers) return { outcome: known, fresh: false };
  const outcome = await vscode.window.withProgress(
    { location: vscode.ProgressLocation.Window, title: 'Glassbox' },
    () => deps.requests.request(read, AbortSignal.timeout(patienceMs)),
  );
  return { outcome, fresh: known === undefined };
}

function isNoModel(outcome: CompletionOutcome): boolean {
  return outcome.kind === 'skipped' && outcome.reason === 'no-model';
}

function isInlineSuggestEnabled(document: vscode.TextDocument): boolean {
  return vscode.workspace.getConfiguration('editor.inlineSuggest', document).get('enabled') !== false;
}

function contextOf(document: vscode.TextDocument, deps: WhyNothingDeps): OutcomeContext {
  const { path } = document.uri;
  return {
    languageName: deps.languageNames.of(document.languageId),
    fileName: path.slice(path.lastIndexOf('/') + 1),
    snoozeMinutes: deps.snoozedMinutes(),
  };
}
