import * as vscode from 'vscode';
import { supportedSchemes } from '../../core/completion/gate.js';
import { throwIfAborted } from '../../core/errors.js';
import type { SourceFile } from '../../core/search/indexFiles.js';
import type { FileStamp } from '../../core/search/searchIndex.js';
import { mostFileBytes } from '../../core/workspace/codeFiles.js';
import type { SettingsReader } from '../settings/settingsReader.js';
import { listCodeFiles } from '../workspace/codeFileList.js';
import { readCodeFile } from '../workspace/readCodeFile.js';

/** The code files of the workspace. */
export interface WorkspaceFiles {
  readonly files: readonly SourceFile[];
  /** How many there would be without the limit. */
  readonly totalCount: number;
}

/** Files whose time and size are asked for at once. Own choice: a remote file system answers many as fast as one. */
const stampsAtOnce = 64;
/** Untitled documents in these languages hold no code. */
const proseLanguages: ReadonlySet<string> = new Set(
  'plaintext markdown log json jsonc yaml xml csv scminput git-commit search-result'.split(' '),
);

/**
 * Lists the code files of all folders of the workspace: what the settings of the editor and `.gitignore` leave out is left
 * out, and so are secrets, generated files and what is very large. What is unsaved in an editor is read from there.
 *
 * @throws GlassboxError `cancelled`.
 */
export async function listWorkspaceFiles(settings: SettingsReader, signal: AbortSignal): Promise<WorkspaceFiles> {
  const sorted = await listCodeFiles(vscode.workspace.workspaceFolders ?? [], settings, signal);
  const unsaved = unsavedDocuments();
  const untitled = [...unsaved.values()].filter(({ isUntitled, languageId }) => {
    return isUntitled && !proseLanguages.has(languageId);
  });
  const limit = settings.get('glassbox.search.maxFiles');
  const taken = await withStamps(sorted.slice(0, limit), signal);
  const files = taken.map(({ uri, stamp }) => toSource(uri, unsaved.get(uri.toString()), stamp));
  return {
    files: [...untitled.map(({ uri }) => toSource(uri, unsaved.get(uri.toString()), undefined)), ...files],
    totalCount: sorted.length,
  };
}

function unsavedDocuments(): ReadonlyMap<string, vscode.TextDocument> {
  const documents = vscode.workspace.textDocuments.filter(({ isDirty, isClosed, uri }) => {
    return (isDirty || uri.scheme === 'untitled') && !isClosed && supportedSchemes.has(uri.scheme);
  });
  return new Map(documents.map((document) => [document.uri.toString(), document]));
}

async function withStamps(
  uris: readonly vscode.Uri[],
  signal: AbortSignal,
): Promise<readonly { readonly uri: vscode.Uri; readonly stamp: FileStamp }[]> {
  const found: { readonly uri: vscode.Uri; readonly stamp: FileStamp }[] = [];
  for (let start = 0; start < uris.length; start += stampsAtOnce) {
    throwIfAborted(signal);
    const some = uris.slice(start, start + stampsAtOnce);
    const stamps = await Promise.all(some.map((uri) => stampOf(uri)));
    for (const [index, stamp] of stamps.entries()) {
      if (stamp !== undefined && stamp.sizeBytes <= mostFileBytes) found.push({ uri: some[index]!, stamp });
    }
  }
  return found;
}

/** Undefined for a file that is gone. */
async function stampOf(uri: vscode.Uri): Promise<FileStamp | undefined> {
  try {
    const { mtime, size } = await vscode.workspace.fs.stat(uri);
    return { modifiedMs: mtime, sizeBytes: size };
  } catch {
    return undefined;
  }
}

function toSource(uri: vscode.Uri, unsaved: vscode.TextDocument | undefined, stamp: FileStamp | undefined): SourceFile {
  const key = uri.toString();
  if (unsaved !== undefined) return { key, stamp: undefined, read: async () => unsaved.getText() };
  return { key, stamp, read: () => readCodeFile(uri) };
}
