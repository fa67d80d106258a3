import { createHash } from 'node:crypto';
import { inspectCursor } from '../../src/core/completion/inspection.js';
import { SecretFiles } from '../../src/core/completion/secretFiles.js';
import { GlassboxError } from '../../src/core/errors.js';
import type { ModelDescriptor } from '../../src/core/model/modelDescriptor.js';
import { completionModel } from '../../src/core/model/completionModel.js';
import type { PromptParts } from '../../src/core/prompt/promptParts.js';
import type { PlacePort } from '../../src/host/nextTokens/nextTokensHandlers.js';
import type { InsertOutcome, PinnedPlace, PlaceState } from '../../src/protocol/panels/nextTokensPanelContract.js';
import { openSettings, queryAt } from './documentText.js';

interface Read {
  readonly prompt: PromptParts;
  readonly folder: string;
}

/** The places of a text with a marked cursor, which tests move and edit. */
export class TextPlaces implements PlacePort {
  /** What was put into the document, in order. */
  readonly inserted: string[] = [];
  /** What the next insertion answers instead of inserting. */
  refusal: string | undefined;
  readonly #listeners = new Set<() => void>();
  readonly #read = new Map<string, Read>();
  readonly #model: ModelDescriptor;
  #marked: string;
  #file: string;
  #pinned: { readonly place: PinnedPlace; readonly state: PlaceState | undefined } | undefined;

  constructor(model: ModelDescriptor, marked: string, file = 'src/list.ts') {
    this.#model = model;
    this.#marked = marked;
    this.#file = file;
  }

  /** The cursor moves, or the text changes. */
  move(marked: string, file = this.#file): void {
    this.#marked = marked;
    this.#file = file;
    for (const listener of this.#listeners) listener();
  }

  async pin(place: PinnedPlace | null): Promise<void> {
    if (place?.digest === this.#pinned?.place.digest) return;
    this.#pinned = place === null ? undefined : { place, state: this.#known(place.digest) };
  }

  state(): PlaceState {
    const now = this.#readNow();
    const pinned = this.#pinned;
    if (pinned?.state?.kind !== 'place') return now;
    const isOutdated = now.kind === 'refused' || now.place.digest !== pinned.place.digest;
    return { kind: 'place', place: { ...pinned.state.place, isOutdated } };
  }

  subscribe(listener: () => void): { dispose(): void } {
    this.#listeners.add(listener);
    return { dispose: () => void this.#listeners.delete(listener) };
  }

  promptOf(digest: string): Read {
    const read = this.#read.get(digest);
    if (read === undefined) throw new GlassboxError('cancelled', 'The panel has moved on.');
    return read;
  }

  async insert(_digest: string, text: string): Promise<InsertOutcome> {
    if (this.refusal !== undefined) return { kind: 'refused', sentence: this.refusal };
    this.inserted.push(text);
    this.move(this.#marked.replace('‸', `${text}‸`));
    return { kind: 'inserted' };
  }

  async reveal(): Promise<void> {
    // Nothing is shown here.
  }

  #known(digest: string): PlaceState | undefined {
    const now = this.#readNow();
    return now.kind === 'place' && now.place.digest === digest ? now : undefined;
  }

  #readNow(): PlaceState {
    const fileName = this.#file.split('/').at(-1)!;
    const document = { path: this.#file, uri: `file:///project/${this.#file}` };
    const query = queryAt(this.#marked, { document });
    const inputs = {
      settings: openSettings,
      model: completionModel(this.#model),
      secretFiles: new SecretFiles(),
      nowMs: 0,
    };
    const inspection = inspectCursor(query, inputs);
    if (inspection.kind === 'refused') return { kind: 'refused', sentence: inspection.reason, where: fileName };
    const { prompt } = inspection;
    const { folder, name, contextLength } = this.#model;
    const digest = createHash('sha256')
      .update(JSON.stringify([folder, prompt]))
      .digest('base64url');
    this.#read.set(digest, { prompt, folder });
    const line = query.document.lines[query.position.line]!;
    const [before, after] = [line.slice(0, query.position.character), line.slice(query.position.character)];
    const facts = { uri: document.uri, fileName, before, after, digest, modelName: name, contextLength };
    return { kind: 'place', place: { ...facts, ...query.position, fillsInTheMiddle: true, isOutdated: false } };
  }
}
