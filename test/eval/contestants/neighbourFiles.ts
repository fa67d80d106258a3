import path from 'node:path';
import { lexemesOf } from '../ngram/lexemes.js';
import { NgramCounts, ngramOrder } from '../ngram/ngramCounts.js';
import { Vocabulary } from '../ngram/vocabulary.js';
import type { SourceText } from '../tasks/evalTask.js';

/** Every source file of an origin, by path. */
export type ReadOrigin = (origin: string) => ReadonlyMap<string, string>;

/** What the wider caches of one file hold. */
export interface Neighbours {
  readonly vocabulary: Vocabulary;
  readonly folder: NgramCounts;
  readonly repository: NgramCounts;
}

interface CountedOrigin {
  readonly origin: string;
  readonly vocabulary: Vocabulary;
  readonly tokens: ReadonlyMap<string, readonly number[]>;
  readonly counts: NgramCounts;
}

/**
 * Counts the n-grams of the files around a file, never of the file itself. Keeps one origin and one file at a time, so
 * tasks are best asked in the order of their files.
 */
export class NeighbourFiles {
  readonly #read: ReadOrigin;
  #counted: CountedOrigin | undefined;
  #last: { readonly source: SourceText; readonly neighbours: Neighbours } | undefined;

  constructor(read: ReadOrigin) {
    this.#read = read;
  }

  /** The caches around `source`. They hold until this is called for another file. */
  of(source: SourceText): Neighbours {
    if (this.#last?.source === source) return this.#last.neighbours;
    const counted = this.#originOf(source.origin);
    if (this.#last !== undefined && counted === this.#counted) this.#countAgain(counted, this.#last.source);
    counted.counts.remove(counted.tokens.get(source.path) ?? []);
    this.#counted = counted;
    const { vocabulary, counts } = counted;
    const neighbours = { vocabulary, folder: folderCounts(counted, source.path), repository: counts };
    this.#last = { source, neighbours };
    return neighbours;
  }

  #originOf(origin: string): CountedOrigin {
    if (this.#counted?.origin === origin) return this.#counted;
    const vocabulary = new Vocabulary();
    const counts = new NgramCounts(ngramOrder);
    const tokens = new Map<string, readonly number[]>();
    for (const [file, text] of this.#read(origin)) {
      const ids = lexemesOf(text).map((lexeme) => vocabulary.idOf(lexeme));
      tokens.set(file, ids);
      counts.add(ids);
    }
    return { origin, vocabulary, tokens, counts };
  }

  #countAgain({ counts, tokens }: CountedOrigin, { path: file }: SourceText): void {
    counts.add(tokens.get(file) ?? []);
  }
}

function folderCounts({ tokens }: CountedOrigin, file: string): NgramCounts {
  const counts = new NgramCounts(ngramOrder);
  for (const [other, ids] of tokens) {
    if (other !== file && path.posix.dirname(other) === path.posix.dirname(file)) counts.add(ids);
  }
  return counts;
}
