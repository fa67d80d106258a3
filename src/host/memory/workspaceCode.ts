import * as vscode from 'vscode';
import { supportedSchemes } from '../../core/completion/gate.js';
import type { SettingsReader } from '../settings/settingsReader.js';
import { listCodeFiles } from '../workspace/codeFileList.js';
import { readCodeFile } from '../workspace/readCodeFile.js';
import { workspacePath } from '../workspace/workspacePath.js';
import type { CodeFile, CodeSource } from './codeSource.js';

/**
 * The code files of those folders of the workspace whose settings want them remembered. What is open is read from the
 * editor, saved or not.
 */
export class WorkspaceCode implements CodeSource {
  constructor(private readonly settings: SettingsReader) {}

  async list(signal: AbortSignal): Promise<readonly CodeFile[]> {
    const folders = (vscode.workspace.workspaceFolders ?? []).filter((folder) => this.isRemembered(folder));
    const uris = folders.length === 0 ? [] : await listCodeFiles(folders, this.settings, signal);
    const documents = openDocuments();
    return uris.map((uri) => this.toFile(uri, documents.get(uri.toString())));
  }

  file(key: string): CodeFile {
    return this.toFile(vscode.Uri.parse(key), openDocuments().get(key));
  }

  private isRemembered(folder: vscode.WorkspaceFolder | undefined): boolean {
    if (folder === undefined || !supportedSchemes.has(folder.uri.scheme)) return false;
    const { enabled, memory } = this.settings.completionPreferences(folder.uri.toString());
    return enabled && memory === 'workspace';
  }

  private toFile(uri: vscode.Uri, document: vscode.TextDocument | undefined): CodeFile {
    return {
      key: uri.toString(),
      path: workspacePath(uri),
      isOpen: document !== undefined,
      measure: () => sizeOf(uri),
      read: async () => {
        if (!this.isRemembered(vscode.workspace.getWorkspaceFolder(uri))) return undefined;
        return document?.isClosed === false ? document.getText() : readCodeFile(uri);
      },
    };
  }
}

function openDocuments(): ReadonlyMap<string, vscode.TextDocument> {
  const documents = vscode.workspace.textDocuments.filter(({ isClosed }) => !isClosed);
  return new Map(documents.map((document) => [document.uri.toString(), document]));
}

/** A text has no more UTF-16 units than its file has bytes. */
async function sizeOf(uri: vscode.Uri): Promise<number | undefined> {
  try {
    return (await vscode.workspace.fs.stat(uri)).size;
  } catch {
    return undefined;
  }
}
