import { dividesPair } from '../prompt/windowText.js';
import { completionConstants as constants } from './completionConstants.js';
import type { SkipReason } from './completionOutcome.js';
import type { CompletionModel, CompletionQuery, CompletionSettings } from './completionQuery.js';
import { isClosersOnly } from './cursorContext.js';
import type { DocumentSnapshot, TextPosition } from './documentSnapshot.js';
import type { SecretFiles } from './secretFiles.js';

/** Documents people write in. Output channels, diffs against history and search results are not among them. */
export const supportedSchemes: ReadonlySet<string> = new Set([
  'file',
  'untitled',
  'vscode-notebook-cell',
  'vscode-remote',
  'vscode-userdata',
  'vscode-vfs',
]);

/** What the gate decides on, besides the request itself. */
export interface GateInputs {
  readonly settings: CompletionSettings;
  readonly model: CompletionModel | undefined;
  readonly secretFiles: SecretFiles;
  readonly nowMs: number;
}

type Check = (query: CompletionQuery, inputs: GateInputs) => boolean;

/** In this order; the first that holds is the reason. What the user decided comes first, then the document, then the cursor. */
const checks: readonly (readonly [SkipReason, Check])[] = [
  ['disabled', (_, { settings }) => !settings.enabled],
  ['secret-file', ({ document }, { settings, secretFiles }) => secretFiles.includes(document, settings.secretFiles)],
  ['scheme-unsupported', ({ document }) => !supportedSchemes.has(document.scheme)],
  ['language-disabled', ({ document }, { settings }) => !isLanguageOn(document.languageId, settings)],
  // Snoozing asks for quiet; whoever triggers a suggestion nevertheless wants that one.
  ['snoozed', ({ trigger }, { settings, nowMs }) => trigger === 'automatic' && nowMs < settings.snoozedUntilMs],
  ['read-only', ({ document }) => document.isReadonly],
  ['cursor-outside-document', ({ document, position }) => !isInside(document, position)],
  ['binary-document', ({ document, position }) => hasNulNear(document, position)],
  ['composing', (query) => query.isComposing],
  ['selection-not-empty', (query) => query.selections.some(({ anchor, active }) => !equal(anchor, active))],
  ['several-cursors-differ', (query) => !cursorsAgree(query)],
  ['suggest-widget-conflict', (query) => !isItemUsable(query)],
  ['no-model', (_, { model }) => model === undefined],
  ['text-after-cursor', (query, { model }) => model?.fillsInTheMiddle === false && !isClosersOnly(rightOf(query))],
];

/** Why this request must not be answered; undefined when it may be. Reads at most three lines. */
export function gate(query: CompletionQuery, inputs: GateInputs): SkipReason | undefined {
  return checks.find(([, refuses]) => refuses(query, inputs))?.[0];
}

/** Why a document is not shown to a model at all, whoever asks and whatever completion is set to. */
const inspectionReasons: ReadonlySet<SkipReason> = new Set<SkipReason>([
  'secret-file',
  'scheme-unsupported',
  'cursor-outside-document',
  'binary-document',
  'no-model',
]);

/** Why what the model makes of this place must not be looked at; undefined when it may. Reads at most three lines. */
export function inspectionGate(query: CompletionQuery, inputs: GateInputs): SkipReason | undefined {
  return checks.find(([reason, refuses]) => inspectionReasons.has(reason) && refuses(query, inputs))?.[0];
}

function isLanguageOn(languageId: string, settings: CompletionSettings): boolean {
  return settings.languages[languageId] ?? settings.languages['*'] ?? true;
}

function isInside(document: DocumentSnapshot, { line, character }: TextPosition): boolean {
  if (!Number.isInteger(line) || line < 0 || line >= document.lineCount) return false;
  const text = document.lineAt(line);
  return Number.isInteger(character) && character >= 0 && character <= text.length && !dividesPair(text, character);
}

/** A NUL character in the cursor's line or beside it: what the editor shows is not text. */
function hasNulNear(document: DocumentSnapshot, { line, character }: TextPosition): boolean {
  const near = document
    .lineAt(line)
    .slice(Math.max(0, character - constants.currentLineCharacters), character + constants.suffixCharacters);
  const neighbours = [line - 1, line + 1]
    .filter((index) => index >= 0 && index < document.lineCount)
    .map((index) => document.lineAt(index).slice(0, constants.contextLineCharacters));
  return [near, ...neighbours].some((text) => text.includes('\0'));
}

/** The editor repeats the primary cursor's text at every cursor, so all must stand in the same surroundings. */
function cursorsAgree({ document, selections }: CompletionQuery): boolean {
  const tails = selections.length < 2 ? [] : selections.map(({ active }) => tailsAt(document, active));
  return tails.every((tail) => tail !== undefined && tail === tails[0]);
}

function tailsAt(document: DocumentSnapshot, position: TextPosition): string | undefined {
  if (!isInside(document, position)) return undefined;
  const text = document.lineAt(position.line);
  const start = Math.max(0, position.character - constants.cursorTailCharacters);
  const left = text.slice(start, position.character);
  return `${left}\n${text.slice(position.character, position.character + constants.cursorTailCharacters)}`;
}

/**
 * The selected IntelliSense item can be continued when it stays in the cursor's line and begins with what was typed.
 * One that was found by a fuzzy match cannot: the text would not start with what stands left of the cursor.
 */
function isItemUsable({ document, position, selectedSuggestion: item }: CompletionQuery): boolean {
  if (item === undefined) return true;
  const { start, end } = item.range;
  const inLine = start.line === position.line && end.line === position.line;
  const text = document.lineAt(position.line);
  const around = start.character >= 0 && start.character <= position.character && position.character <= end.character;
  const typed = text.slice(start.character, position.character);
  return inLine && around && end.character <= text.length && !/[\r\n]/.test(item.text) && item.text.startsWith(typed);
}

function rightOf({ document, position }: CompletionQuery): string {
  return document.lineAt(position.line).slice(position.character, position.character + constants.suffixCharacters);
}

function equal(a: TextPosition, b: TextPosition): boolean {
  return a.line === b.line && a.character === b.character;
}
