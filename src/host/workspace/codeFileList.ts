import * as vscode from 'vscode';
import { SecretFiles } from '../../core/completion/secretFiles.js';
import { throwIfAborted } from '../../core/errors.js';
import { codeFilesGlob, isCodePath } from '../../core/workspace/codeFiles.js';
import { IgnoreRules, type IgnoreFile } from '../../core/workspace/ignoreRules.js';
import type { SettingsReader } from '../settings/settingsReader.js';
import { workspacePath } from './workspacePath.js';

/**
 * The code files of folders of the workspace, in the order of their paths: what the settings of the editor and `.gitignore`
 * leave out is left out, and so are secrets and generated files.
 *
 * @throws GlassboxError `cancelled`.
 */
export async function listCodeFiles(
  folders: readonly vscode.WorkspaceFolder[],
  settings: Pick<SettingsReader, 'completionPreferences'>,
  signal: AbortSignal,
): Promise<readonly vscode.Uri[]> {
  const secrets = new SecretFiles();
  const uris = new Map<string, vscode.Uri>();
  for (const folder of folders) {
    throwIfAborted(signal);
    const { secretFiles } = settings.completionPreferences(folder.uri.toString());
    for (const uri of await codeFilesOf(folder)) {
      const key = uri.toString();
      if (!secrets.includes({ path: workspacePath(uri), uri: key }, secretFiles)) uris.set(key, uri);
    }
  }
  return [...uris.values()].sort((one, other) => (one.path < other.path ? -1 : 1));
}

async function codeFilesOf(folder: vscode.WorkspaceFolder): Promise<readonly vscode.Uri[]> {
  const exclude = excludedGlob(folder.uri);
  const find = (glob: string): Thenable<vscode.Uri[]> =>
    vscode.workspace.findFiles(new vscode.RelativePattern(folder, glob), exclude);
  const below = ({ path }: vscode.Uri): string => path.slice(folder.uri.path.length).replace(/^\/+/, '');
  const [uris, ignoreUris] = await Promise.all([find(codeFilesGlob), find('**/.gitignore')]);
  const ignoreFiles = await Promise.all(
    ignoreUris.map(async (uri): Promise<IgnoreFile> => {
      const path = below(uri);
      return { folder: path.slice(0, Math.max(0, path.lastIndexOf('/'))), text: await readIgnoreFile(uri) };
    }),
  );
  const rules = new IgnoreRules(ignoreFiles);
  return uris.filter((uri) => isCodePath(uri.path) && !rules.ignoresFile(below(uri)));
}

/** What the settings leave out of the explorer and of searches. */
function excludedGlob(resource: vscode.Uri): string | undefined {
  const globs = ['files', 'search'].flatMap((section) => {
    const exclude = vscode.workspace.getConfiguration(section, resource).get<Record<string, unknown>>('exclude', {});
    return Object.entries(exclude).flatMap(([glob, isOn]) => (isOn === true ? [glob] : []));
  });
  return globs.length === 0 ? undefined : `{${globs.join(',')}}`;
}

async function readIgnoreFile(uri: vscode.Uri): Promise<string> {
  try {
    return new TextDecoder().decode(await vscode.workspace.fs.readFile(uri));
  } catch {
    return '';
  }
}
