import * as vscode from 'vscode';

const scheme = 'glassbox';

/** The read-only page that "Show Engine State" opens, as rendered Markdown. */
export class EngineStateView implements vscode.TextDocumentContentProvider, vscode.Disposable {
  private readonly changed = new vscode.EventEmitter<vscode.Uri>();
  private readonly registration: vscode.Disposable;

  /** Needed by the content provider interface: fires when the page is out of date. */
  readonly onDidChange = this.changed.event;

  /** @param report The page as Markdown, as of now. */
  constructor(
    private readonly title: string,
    private readonly report: () => Promise<string>,
  ) {
    this.registration = vscode.workspace.registerTextDocumentContentProvider(scheme, this);
  }

  provideTextDocumentContent(): Promise<string> {
    return this.report();
  }

  /** Opens the page, or brings it up to date when it is open. */
  async show(): Promise<void> {
    const uri = vscode.Uri.from({ scheme, path: `/${this.title}.md` });
    this.changed.fire(uri);
    const document = await vscode.workspace.openTextDocument(uri);
    try {
      await vscode.commands.executeCommand('markdown.showPreview', uri);
    } catch {
      // The Markdown extension can be switched off; its source is readable too.
      await vscode.window.showTextDocument(document, { preview: true });
    }
  }

  dispose(): void {
    this.registration.dispose();
    this.changed.dispose();
  }
}
