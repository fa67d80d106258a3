import type * as vscode from 'vscode';
import type { LensId } from './lens.js';

const key = 'glassbox.lenses.on';

/** Own choice: more files than anybody looks at through a lens. */
const rememberedDocuments = 50;

type Entry = readonly [uri: string, lenses: readonly LensId[]];

/**
 * Which lenses are on in which document. Remembered in the workspace, so that a file that is closed and opened again, or
 * a window that is loaded again, looks as it was left.
 */
export class LensMemory {
  constructor(private readonly memento: vscode.Memento) {}

  /** The lenses that are on in a document. */
  lensesOf(uri: string): readonly LensId[] {
    return this.entries().find(([known]) => known === uri)?.[1] ?? [];
  }

  /** True when a lens is on in any document. */
  get isEmpty(): boolean {
    return this.entries().length === 0;
  }

  /** Remembers which lenses are on in a document; the document used longest ago is forgotten. */
  set(uri: string, lenses: readonly LensId[]): void {
    const others = this.entries().filter(([known]) => known !== uri);
    const entries = lenses.length === 0 ? others : [[uri, lenses] as const, ...others].slice(0, rememberedDocuments);
    void this.memento.update(key, entries);
  }

  private entries(): readonly Entry[] {
    const stored = this.memento.get<unknown>(key);
    return Array.isArray(stored) ? (stored as unknown[]).filter(isEntry) : [];
  }
}

function isEntry(value: unknown): value is Entry {
  return Array.isArray(value) && typeof value[0] === 'string' && Array.isArray(value[1]);
}
