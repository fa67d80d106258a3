import * as vscode from 'vscode';

/**
 * What models are told a file is called: its path below the workspace folder with forward slashes; outside of any folder
 * only the name, since the rest says who the user is.
 */
export function workspacePath(uri: vscode.Uri): string {
  const inWorkspace = vscode.workspace.getWorkspaceFolder(uri) !== undefined;
  const path = inWorkspace
    ? vscode.workspace.asRelativePath(uri, false)
    : uri.path.slice(uri.path.lastIndexOf('/') + 1);
  return path.replaceAll('\\', '/');
}
