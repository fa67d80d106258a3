import type * as vscode from 'vscode';
import { SecretFiles } from '../../core/completion/secretFiles.js';
import { TextDocumentSnapshot } from '../completion/textDocumentSnapshot.js';
import type { SettingsReader } from '../settings/settingsReader.js';
import type { Translate } from '../translate.js';

/** Tells which documents no model gets to see, by the rules that hold for completion. */
export function secretDocuments(settings: SettingsReader): (document: vscode.TextDocument) => boolean {
  const files = new SecretFiles();
  return (document) => {
    const { secretFiles } = settings.completionPreferences(document.uri.toString());
    return files.includes(new TextDocumentSnapshot(document, undefined), secretFiles);
  };
}

/** Says why a lens that asks a model shows nothing of such a document. */
export function secretFact({ uri }: vscode.TextDocument, t: Translate): string {
  const name = uri.path.slice(uri.path.lastIndexOf('/') + 1);
  return t('{0} looks like a file with secrets, so the model never gets to see it.', name);
}
