import { LruMap } from '../flow/lruMap.js';
import { completionConstants } from './completionConstants.js';
import type { LineAnchor } from './completionKey.js';
import type { GenerationResult } from './generation.js';
import type { CandidateOrigin, GenerationOrigin } from './generationOrigin.js';

/** A finished generation, and where it was made. */
export interface CachedGeneration {
  /** The line start ({@link LineAnchor}) of the request. */
  readonly key: string;
  /** Text between that line start and the cursor. */
  readonly base: string;
  /** Whether several lines were asked for. */
  readonly multiLine: boolean;
  readonly generation: GenerationResult;
  readonly origin: GenerationOrigin;
}

/** What a remembered generation still has to say at the cursor. */
export interface CacheHit {
  readonly text: string;
  readonly multiLine: boolean;
  readonly generation: GenerationResult;
  readonly origin: CandidateOrigin;
}

/**
 * Finished generations, in memory only, least recently used out first. Found again when the cursor stands anywhere in
 * the text that the request and its answer form together: a prefix tree over the text from a line start on, of which
 * the first level is a map by line start.
 */
export class CompletionCache {
  readonly #entries = new LruMap<string, CachedGeneration>(completionConstants.cacheEntries);
  readonly #byLineStart = new Map<string, Map<string, CachedGeneration>>();

  get size(): number {
    return this.#entries.size;
  }

  /** Remembers a generation; one with the same place and kind is replaced. */
  add(entry: CachedGeneration): void {
    const id = `${entry.multiLine ? 'lines' : 'line'}\0${entry.base}`;
    const siblings = this.#byLineStart.get(entry.key) ?? new Map<string, CachedGeneration>();
    this.#byLineStart.set(entry.key, siblings.set(id, entry));
    const dropped = this.#entries.set(`${entry.key}\0${id}`, entry);
    if (dropped !== undefined) this.#unlink(dropped);
  }

  /**
   * The remembered text that continues at the cursor, from the generation made nearest to it.
   * @param multiLine whether several lines are wanted; a generation of one line does not serve then
   */
  find(anchors: Iterable<LineAnchor>, multiLine: boolean): CacheHit | undefined {
    for (const { key, typed } of anchors) {
      const hits = [...(this.#byLineStart.get(key)?.entries() ?? [])]
        .filter(([, entry]) => (entry.multiLine || !multiLine) && continues(entry, typed))
        .sort(([, a], [, b]) => b.base.length - a.base.length);
      const [id, entry] = hits[0] ?? [];
      if (entry === undefined) continue;
      this.#entries.get(`${key}\0${id}`);
      const { base, multiLine: severalLines, generation } = entry;
      const typedSince = typed.slice(base.length);
      const origin = { ...entry.origin, typedSince };
      return { text: generation.text.slice(typedSince.length), multiLine: severalLines, generation, origin };
    }
    return undefined;
  }

  clear(): void {
    this.#entries.clear();
    this.#byLineStart.clear();
  }

  #unlink(entry: CachedGeneration): void {
    const siblings = this.#byLineStart.get(entry.key);
    for (const [id, sibling] of siblings ?? []) if (sibling === entry) siblings?.delete(id);
    if (siblings?.size === 0) this.#byLineStart.delete(entry.key);
  }
}

/**
 * True when `typed` is the entry's place plus a part of its text, and something visible is left. At the place itself an
 * answer with nothing visible is an answer too: asking again would give the same.
 */
function continues({ base, generation }: CachedGeneration, typed: string): boolean {
  if (!typed.startsWith(base)) return false;
  const since = typed.slice(base.length);
  return generation.text.startsWith(since) && (since === '' || generation.text.slice(since.length).trim() !== '');
}
