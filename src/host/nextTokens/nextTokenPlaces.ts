import * as vscode from 'vscode';
import { GlassboxError, throwIfAborted } from '../../core/errors.js';
import { LruMap } from '../../core/flow/lruMap.js';
import type { InsertOutcome, PinnedPlace, PlaceState } from '../../protocol/panels/nextTokensPanelContract.js';
import type { EditorFocus } from '../panels/editorFocus.js';
import type { Translate } from '../translate.js';
import { columnOf, insertBranch } from './insertBranch.js';
import { PinnedDocument } from './pinnedDocument.js';
import type { PlacePort } from './nextTokensHandlers.js';
import { nameOf, type PlaceReader, type PlaceReading, type ReadPlace } from './placeReader.js';

/** What following a place needs. */
export interface NextTokenPlacesDeps {
  readonly focus: EditorFocus;
  readonly reader: PlaceReader;
  /** Fire when another model predicts, or another setting holds. */
  readonly onDidChange: readonly vscode.Event<unknown>[];
  readonly t: Translate;
}

/** Places that the page may still ask about: it asks about the latest, and about a pinned one. */
const rememberedPlaces = 8;

/**
 * Where the next-token panel is: at the cursor, or at a place that the user pinned. What was read of a place is kept, so
 * that a branch goes on from the text it began with while the document is edited.
 */
export class NextTokenPlaces implements PlacePort, vscode.Disposable {
  readonly #deps: NextTokenPlacesDeps;
  readonly #read = new LruMap<string, ReadPlace>(rememberedPlaces);
  #pinned: PinnedDocument | undefined;

  constructor(deps: NextTokenPlacesDeps) {
    this.#deps = deps;
  }

  promptOf(digest: string): ReadPlace {
    const place = this.#read.get(digest);
    if (place === undefined) throw new GlassboxError('cancelled', 'The panel has moved on from this place.');
    return place;
  }

  insert(digest: string, text: string): Promise<InsertOutcome> {
    return insertBranch(this.#pinnedAt(digest), text, this.#deps.t);
  }

  async reveal(digest: string): Promise<void> {
    const { place } = this.promptOf(digest);
    const position = this.#pinnedAt(digest)?.position ?? new vscode.Position(place.line, place.character);
    await vscode.window.showTextDocument(vscode.Uri.parse(place.uri, true), {
      viewColumn: columnOf(place.uri),
      selection: new vscode.Range(position, position),
    });
  }

  async pin(pinned: PinnedPlace | null, signal: AbortSignal): Promise<void> {
    if (pinned !== null && this.#isPinnedAt(pinned)) return;
    const opened = pinned === null ? undefined : await PinnedDocument.open(pinned);
    if (signal.aborted) opened?.dispose();
    throwIfAborted(signal);
    this.#pinned?.dispose();
    this.#pinned = opened;
  }

  state(): PlaceState {
    const { t } = this.#deps;
    const pinned = this.#pinned;
    if (pinned !== undefined) return this.#pinnedState(pinned);
    const view = this.#deps.focus.current;
    if (view === undefined) {
      return { kind: 'refused', sentence: t('No editor is open. Open a file and put the cursor in it.'), where: '' };
    }
    return this.#told(this.#deps.reader.read(view.document, view.selection.active));
  }

  subscribe(listener: () => void): vscode.Disposable {
    const { focus, onDidChange } = this.#deps;
    return vscode.Disposable.from(...[focus.onDidChange, ...onDidChange].map((event) => event(listener)));
  }

  dispose(): void {
    this.#pinned?.dispose();
    this.#pinned = undefined;
  }

  #pinnedAt(digest: string): PinnedDocument | undefined {
    return this.#pinned?.digest === digest ? this.#pinned : undefined;
  }

  /** A page that comes back asks for the pin that it had; meanwhile the place was followed through edits. */
  #isPinnedAt({ uri, digest }: PinnedPlace): boolean {
    return this.#pinned?.digest === digest && this.#pinned.document.uri.toString() === uri;
  }

  #pinnedState({ document, digest, position }: PinnedDocument): PlaceState {
    const { reader, t } = this.#deps;
    const known = this.#read.get(digest);
    const now: PlaceReading =
      position === undefined
        ? { kind: 'refused', sentence: t('The text around the pinned place was removed.'), where: nameOf(document.uri) }
        : reader.read(document, position);
    if (known === undefined) return this.#told(now);
    if (now.kind === 'refused') return { kind: 'place', place: { ...known.place, isOutdated: true } };
    const { line, character } = now.place;
    return { kind: 'place', place: { ...known.place, line, character, isOutdated: now.place.digest !== digest } };
  }

  #told(reading: PlaceReading): PlaceState {
    if (reading.kind === 'refused') return reading;
    const { kind, place, prompt, folder } = reading;
    this.#read.set(place.digest, { place, prompt, folder });
    return { kind, place };
  }
}
