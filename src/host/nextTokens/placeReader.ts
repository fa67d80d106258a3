import { createHash } from 'node:crypto';
import type * as vscode from 'vscode';
import { inspectCursor } from '../../core/completion/inspection.js';
import { SecretFiles } from '../../core/completion/secretFiles.js';
import { completionModel } from '../../core/model/completionModel.js';
import type { ModelDescriptor } from '../../core/model/modelDescriptor.js';
import type { PromptParts } from '../../core/prompt/promptParts.js';
import { headOf, tailFrom } from '../../core/prompt/windowText.js';
import type { CursorPlace } from '../../protocol/panels/nextTokensPanelContract.js';
import { skipSentence } from '../completion/outcomeSentences.js';
import type { QueryReader } from '../completion/queryReader.js';
import type { SettingsReader } from '../settings/settingsReader.js';
import type { Translate } from '../translate.js';

/** A place, and what it takes to predict there, as it was when it was read. */
export interface ReadPlace {
  readonly place: CursorPlace;
  readonly prompt: PromptParts;
  /** Of the model that the place was read for. */
  readonly folder: string;
}

/** A place, or why the model is not shown it, in the user's language. */
export type PlaceReading =
  | ({ readonly kind: 'place' } & ReadPlace)
  | { readonly kind: 'refused'; readonly sentence: string; readonly where: string };

/** What reading a place needs. */
export interface PlaceReaderDeps {
  readonly queries: QueryReader;
  readonly settings: SettingsReader;
  /** The model that predicts; undefined when there is none. */
  readonly model: () => ModelDescriptor | undefined;
  readonly t: Translate;
}

/** UTF-16 units of the line that people are shown on each side of the cursor. */
const shownUnits = 80;

/** Reads what the model would be shown at a position, in the way a completion there would. */
export class PlaceReader {
  readonly #deps: PlaceReaderDeps;
  readonly #secretFiles = new SecretFiles();

  constructor(deps: PlaceReaderDeps) {
    this.#deps = deps;
  }

  read(document: vscode.TextDocument, position: vscode.Position): PlaceReading {
    const { queries, settings, model: activeModel, t } = this.#deps;
    const model = activeModel();
    const { query } = queries.read(document, position);
    const inspection = inspectCursor(query, {
      settings: { ...settings.completionPreferences(document.uri.toString()), snoozedUntilMs: 0 },
      model: model && completionModel(model),
      secretFiles: this.#secretFiles,
      nowMs: 0,
    });
    const fileName = nameOf(document.uri);
    if (inspection.kind === 'refused' || model === undefined) {
      const reason = inspection.kind === 'refused' ? inspection.reason : 'no-model';
      const context = { languageName: document.languageId, fileName, snoozeMinutes: 0 };
      return { kind: 'refused', sentence: skipSentence(t, reason, context), where: fileName };
    }
    const { prompt } = inspection;
    const line = document.lineAt(position.line).text;
    const place: CursorPlace = {
      uri: document.uri.toString(),
      fileName,
      line: position.line,
      character: position.character,
      before: tailFrom(line.slice(0, position.character), Math.max(0, position.character - shownUnits)),
      after: headOf(line.slice(position.character), shownUnits),
      digest: digestOf(model, prompt),
      modelName: model.name,
      contextLength: model.contextLength,
      fillsInTheMiddle: model.fillsInTheMiddle !== false,
      isOutdated: false,
    };
    return { kind: 'place', place, prompt, folder: model.folder };
  }
}

/** The last part of a path. */
export function nameOf(uri: vscode.Uri): string {
  return uri.path.slice(uri.path.lastIndexOf('/') + 1);
}

function digestOf({ folder, cardHash }: ModelDescriptor, prompt: PromptParts): string {
  return createHash('sha256')
    .update(JSON.stringify([folder, cardHash, prompt]))
    .digest('base64url');
}
