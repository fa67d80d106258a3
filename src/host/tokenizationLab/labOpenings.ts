import { randomUUID } from 'node:crypto';
import { EventEmitter, type Disposable } from 'vscode';
import type { EditorPart, EditorSnapshot } from '../../protocol/panels/tokenizationLabContract.js';

/** Remembers what the lab was last opened on, and tells a page that is there already. */
export class LabOpenings implements Disposable {
  readonly #changes = new EventEmitter<void>();
  #latest: EditorSnapshot['opening'];

  /** Told after each {@link open}. */
  readonly onDidOpen = this.#changes.event;

  get latest(): EditorSnapshot['opening'] {
    return this.#latest;
  }

  /** Asks the page to show a part of the document. */
  open(part: EditorPart): void {
    this.#latest = { id: randomUUID(), part };
    this.#changes.fire();
  }

  dispose(): void {
    this.#changes.dispose();
  }
}
