import * as vscode from 'vscode';
import type { Clock } from '../../core/clock.js';
import { GlassboxError } from '../../core/errors.js';
import type { CompletionCandidate } from '../../core/completion/completionOutcome.js';
import type { OutcomeRecord } from '../../core/completion/outcomeHistory.js';
import type { CompletionModel } from '../../core/completion/completionQuery.js';
import { SuggestionHistory, type CursorPlace } from '../../core/explain/suggestionHistory.js';
import type { EngineClient } from '../../protocol/engineContract.js';
import type { DocumentLines, WhySuggestionContract } from '../../protocol/panels/whySuggestionContract.js';
import { whySuggestionParamSchemas } from '../../protocol/panels/whySuggestionParams.js';
import { fromPosition } from '../completion/textDocumentSnapshot.js';
import type { ModelCatalog } from '../models/modelCatalog.js';
import type { EditorFocus } from '../panels/editorFocus.js';
import { Panel, type PanelEnvironment } from '../panels/panel.js';
import { showMessage } from '../faultNotices.js';
import { commandIds } from '../commandIds.js';
import { ChangePainter } from './changePainter.js';
import { WhySession } from './whySession.js';
import { whySuggestionHandlers } from './whySuggestionHandlers.js';
import type { DocumentView } from './whyView.js';

/** What explanations work with. */
export interface WhySuggestionServices {
  readonly engine: EngineClient;
  readonly catalog: ModelCatalog;
  readonly focus: EditorFocus;
  readonly clock: Clock;
}

/** "Why this suggestion?": the panel, what is painted in the editor, and what runs for both. */
export class WhySuggestion implements vscode.Disposable {
  readonly #history = new SuggestionHistory();
  readonly #session: WhySession;
  readonly #panel: Panel<WhySuggestionContract>;
  readonly #environment: PanelEnvironment;
  readonly #subscriptions: vscode.Disposable;

  constructor({ engine, catalog, focus, clock }: WhySuggestionServices, environment: PanelEnvironment) {
    const { t } = environment;
    this.#environment = environment;
    this.#session = new WhySession({
      ...{ engine, clock, t },
      history: this.#history,
      cursor: () => cursorOf(focus),
      model: (model) => findModel(catalog, model),
      document: viewOf,
    });
    this.#panel = new Panel(
      {
        name: 'whySuggestion',
        title: t('Why This Suggestion?'),
        schemas: whySuggestionParamSchemas,
        handlers: whySuggestionHandlers({
          ...{ session: this.#session, reveal, openFile },
          triggerSuggestion: () => trigger(focus),
        }),
      },
      environment,
    );
    this.#subscriptions = vscode.Disposable.from(
      this.#panel,
      new ChangePainter(this.#session, t),
      { dispose: () => this.#session.dispose() },
      focus.onDidChange(() => this.#session.refresh()),
      followDocuments(this.#history),
    );
  }

  /** To be told how each request for a suggestion ended. */
  note(record: OutcomeRecord): void {
    this.#history.note(record, precedingLinesOf(record.uri, record.lineCount));
    this.#session.refresh();
  }

  /** To be told of each suggestion that was inserted whole. */
  accepted(uri: string, candidate: CompletionCandidate): void {
    this.#history.accepted(uri, candidate);
    this.#session.refresh();
  }

  /** Explains what is on the screen or was accepted last; says what to do when there is nothing. */
  explain(): void {
    const { t } = this.#environment;
    if (this.#session.explainNewest()) this.#panel.show();
    else {
      const sentence = t('There is no suggestion to explain yet. Trigger one, or accept one, and ask again.');
      showMessage('info', sentence, [{ title: t('Trigger Suggestion'), command: commandIds.triggerSuggestion }]);
    }
  }

  /** Takes what is painted off the lines. */
  clearMarks(): void {
    this.#session.paint(false);
  }

  dispose(): void {
    this.#subscriptions.dispose();
  }
}

/** Tells the history what happens in documents. */
function followDocuments(history: SuggestionHistory): vscode.Disposable {
  return vscode.Disposable.from(
    vscode.workspace.onDidChangeTextDocument(({ document, contentChanges }) => {
      history.documentChanged(
        document.uri.toString(),
        contentChanges.map(({ range: { start, end }, text }) => ({
          startLine: start.line,
          startCharacter: start.character,
          endLine: end.line,
          endCharacter: end.character,
          text,
        })),
      );
    }),
    vscode.workspace.onDidCloseTextDocument((document) => history.forget(document.uri.toString())),
  );
}

/** Lines that earlier cells of a notebook put in front of a document's own in a request. */
function precedingLinesOf(uri: string, requestLineCount: number): number {
  const document = documentOf(uri);
  return document === undefined ? 0 : Math.max(0, requestLineCount - document.lineCount);
}

function documentOf(uri: string): vscode.TextDocument | undefined {
  return vscode.workspace.textDocuments.find((document) => document.uri.toString() === uri);
}

function viewOf(uri: string): DocumentView | undefined {
  const document = documentOf(uri);
  if (document === undefined) return undefined;
  const { path } = document.uri;
  return {
    fileName: path.slice(path.lastIndexOf('/') + 1),
    lineCount: document.lineCount,
    lineAt: (line) => document.lineAt(line).text,
  };
}

function cursorOf(focus: EditorFocus): CursorPlace | undefined {
  const view = focus.current;
  if (view === undefined) return undefined;
  const { document, selection } = view;
  return {
    uri: document.uri.toString(),
    position: fromPosition(selection.active),
    documentVersion: document.version,
  };
}

async function findModel(
  catalog: ModelCatalog,
  { id, hash }: CompletionModel,
): Promise<{ readonly folder: string; readonly name: string } | undefined> {
  await catalog.ready();
  return catalog.known.find((model) => model.id === id && model.cardHash === hash);
}

async function reveal(uri: string, { start, end }: DocumentLines): Promise<void> {
  const document = documentOf(uri);
  if (document === undefined || start >= document.lineCount) return;
  const visible = vscode.window.visibleTextEditors.find((editor) => editor.document === document);
  const editor =
    visible ??
    (await vscode.window.showTextDocument(document, { viewColumn: vscode.ViewColumn.One, preserveFocus: true }));
  const range = new vscode.Range(start, 0, Math.min(end, document.lineCount) - 1, 0);
  editor.revealRange(range, vscode.TextEditorRevealType.InCenterIfOutsideViewport);
}

/** @param path below a workspace folder, as prompts name files; of several folders, the first that has it. */
async function openFile(path: string, line: number): Promise<void> {
  const document = await findDocument(path);
  if (document === undefined) throw new GlassboxError('file-unreadable', `No workspace folder has ${path} any more.`);
  const start = new vscode.Position(Math.min(line, document.lineCount - 1), 0);
  const selection = new vscode.Range(start, start);
  await vscode.window.showTextDocument(document, { viewColumn: vscode.ViewColumn.One, preserveFocus: true, selection });
}

async function findDocument(path: string): Promise<vscode.TextDocument | undefined> {
  for (const folder of vscode.workspace.workspaceFolders ?? []) {
    try {
      return await vscode.workspace.openTextDocument(vscode.Uri.joinPath(folder.uri, path));
    } catch {
      // Not in this folder.
    }
  }
  return undefined;
}

/** The editor must have the keyboard, or it offers nothing. */
async function trigger(focus: EditorFocus): Promise<void> {
  const view = focus.current;
  if (view !== undefined) await vscode.window.showTextDocument(view.document, { selection: view.selection });
  await vscode.commands.executeCommand(commandIds.triggerSuggestion);
}
