import * as vscode from 'vscode';
import { codeFilesGlob } from '../../core/workspace/codeFiles.js';
import type { SettingsReader } from '../settings/settingsReader.js';
import type { WorkspaceMemoryFeed } from './workspaceMemoryFeed.js';

const ownSettings = ['enabled', 'memory', 'secretFiles'].map((name) => `glassbox.completion.${name}`);
const editorSettings = ['files.exclude', 'search.exclude'];

/** Tells the memory what happens to files: in the editor, and on the disk as far as the editor watches it. */
export function followCode(feed: WorkspaceMemoryFeed, settings: SettingsReader): vscode.Disposable {
  const { window, workspace } = vscode;
  const code = workspace.createFileSystemWatcher(codeFilesGlob);
  const rules = workspace.createFileSystemWatcher('**/.gitignore');
  // Of a folder that goes, the files in it are not named.
  const anything = workspace.createFileSystemWatcher('**/*', true, true, false);
  const changed = ({ uri }: { readonly uri: vscode.Uri }): void => feed.fileChanged(uri.toString());
  const listChanged = (): void => feed.listChanged();
  let active = window.activeTextEditor?.document;
  return vscode.Disposable.from(
    ...[code, rules, anything],
    code.onDidChange((uri) => changed({ uri })),
    code.onDidCreate(listChanged),
    code.onDidDelete(listChanged),
    anything.onDidDelete((uri) => {
      if (feed.knowsBelow(uri.toString())) feed.listChanged();
    }),
    ...[rules.onDidChange, rules.onDidCreate, rules.onDidDelete].map((event) => event(listChanged)),
    workspace.onDidSaveTextDocument(changed),
    // What was not saved is gone then.
    workspace.onDidCloseTextDocument(changed),
    ...[workspace.onDidCreateFiles, workspace.onDidDeleteFiles, workspace.onDidRenameFiles].map((event) =>
      (event as vscode.Event<unknown>)(listChanged),
    ),
    workspace.onDidChangeWorkspaceFolders(listChanged),
    window.onDidChangeActiveTextEditor((editor) => {
      if (active !== undefined && active !== editor?.document) feed.fileLeft(active.uri.toString());
      active = editor?.document;
    }),
    settings.onDidChange((event) => {
      if (ownSettings.some((name) => event.affectsConfiguration(name))) feed.settingsChanged();
    }),
    workspace.onDidChangeConfiguration((event) => {
      if (editorSettings.some((name) => event.affectsConfiguration(name))) feed.settingsChanged();
    }),
  );
}
