import * as vscode from 'vscode';
import type { Clock } from '../../core/clock.js';

/** What is looked at: an editor's document and the main selection in it. */
export interface EditorView {
  readonly document: vscode.TextDocument;
  readonly selection: vscode.Selection;
}

/** How long an editor must rest before the change is told, so that a held key does not ask for work at every step. */
const restMs = 60;

/**
 * The text editor that the user works in, also while the keyboard is in a panel beside it: the editor counts none as
 * active then.
 */
export class EditorFocus implements vscode.Disposable {
  readonly #changes = new vscode.EventEmitter<void>();
  readonly #subscriptions: vscode.Disposable;
  readonly #clock: Clock;
  #last: vscode.TextEditor | undefined;
  #cancelAnnouncement = (): void => undefined;

  /** Told after the editor, its selection or its text changed and came to rest. */
  readonly onDidChange = this.#changes.event;

  constructor(clock: Clock) {
    this.#clock = clock;
    this.#subscriptions = vscode.Disposable.from(
      vscode.window.onDidChangeActiveTextEditor((editor) => {
        if (editor === undefined || !isWorkedIn(editor)) return;
        this.#last = editor;
        this.#announce();
      }),
      vscode.window.onDidChangeTextEditorSelection(({ textEditor }) => {
        if (textEditor === this.#editor) this.#announce();
      }),
      vscode.workspace.onDidChangeTextDocument(({ document, contentChanges }) => {
        if (contentChanges.length > 0 && document === this.#editor?.document) this.#announce();
      }),
      vscode.window.onDidChangeVisibleTextEditors(() => this.#announce()),
    );
  }

  /** The editor used last, or any other when that one is not on the screen; undefined when there is none. */
  get current(): EditorView | undefined {
    const editor = this.#editor;
    return editor && { document: editor.document, selection: editor.selection };
  }

  get #editor(): vscode.TextEditor | undefined {
    const { activeTextEditor, visibleTextEditors } = vscode.window;
    const candidates = visibleTextEditors.filter(isWorkedIn);
    return candidates.find((editor) => editor === (this.#last ?? activeTextEditor)) ?? candidates[0];
  }

  dispose(): void {
    this.#cancelAnnouncement();
    this.#subscriptions.dispose();
    this.#changes.dispose();
  }

  #announce(): void {
    this.#cancelAnnouncement();
    this.#cancelAnnouncement = this.#clock.schedule(() => this.#changes.fire(), restMs);
  }
}

/** The output channels of the panel below are text editors too. */
function isWorkedIn(editor: vscode.TextEditor): boolean {
  return editor.document.uri.scheme !== 'output';
}
