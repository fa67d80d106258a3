import { readFileSync } from 'node:fs';
import path from 'node:path';
import { evidenceOf } from '../../../src/core/memory/memoryEvidence.js';
import { mixingWeightIndex } from '../../../src/core/memory/mixingClasses.js';
import { TokenMemory } from '../../../src/core/memory/tokenMemory.js';
import { TextTokenizer } from '../../../src/core/tokenizer/textTokenizer.js';
import { libraryFactory } from '../../../src/engine/tokenizers/libraryTokenizer.js';
import type { EngineClient } from '../../../src/protocol/engineContract.js';
import type { MixedPlace } from './fitWeights.js';

/** A text, and where it stands. */
export interface PlacedText {
  readonly origin: string;
  readonly path: string;
  readonly text: string;
}

/** A text's tokens after the first, each with what model and memory said before it. */
export interface MixedText {
  readonly places: readonly MixedPlace[];
  /** UTF-8 bytes of those tokens. */
  readonly byteCount: number;
}

/** Tokens of the history that are looked at. */
const historyLength = 32;

/**
 * Scores texts from left to right with one model, as `glassbox score` does, and notes what memory would have said: the text
 * before each token, and the other files of the origin when they are given.
 */
export class MixedReader {
  readonly #engine: EngineClient;
  readonly #folder: string;
  readonly #tokenizer: TextTokenizer;
  #neighbours: { readonly origin: string; readonly memory: TokenMemory } | undefined;

  constructor(engine: EngineClient, folder: string) {
    this.#engine = engine;
    this.#folder = folder;
    const tokenizer: unknown = JSON.parse(readFileSync(path.join(folder, 'tokenizer.json'), 'utf8'));
    this.#tokenizer = new TextTokenizer(tokenizer, {}, libraryFactory);
  }

  /** @param files every file of the text's origin by path; undefined: the text alone is remembered. */
  async read(
    placed: PlacedText,
    files: ReadonlyMap<string, string> | undefined,
    signal: AbortSignal,
  ): Promise<MixedText> {
    const { text } = placed;
    const { tokens, totals } = await this.#engine.call(
      'scores/score',
      { folder: this.#folder, text, topCount: 1 },
      { signal },
    );
    const ids = [...tokens.ids];
    const own = new TokenMemory();
    own.set('', ids);
    const around = files && this.#remember(placed.origin, files);
    const places = ids.flatMap((id, index): MixedPlace[] => {
      if (tokens.ranks[index] === 0) return [];
      const history = ids.slice(Math.max(0, index - historyLength), index);
      const workspace = around?.matches(history, { leftOut: placed.path }) ?? [];
      const folder = workspace.filter(({ key }) => path.posix.dirname(key) === path.posix.dirname(placed.path));
      const file = own.matches(history).filter((match) => match.index < index);
      const confidence = Math.exp(tokens.topLogProbs[index]!);
      const evidence = Array.from(evidenceOf({ workspace, folder, file }), (piece) => ({
        weight: mixingWeightIndex(piece, confidence),
        share: (piece.counts.get(id) ?? 0) / piece.total,
      }));
      return [{ evidence, model: Math.exp(tokens.logProbs[index]!) }];
    });
    return { places, byteCount: totals.byteCount };
  }

  #remember(origin: string, files: ReadonlyMap<string, string>): TokenMemory {
    if (this.#neighbours?.origin !== origin) {
      const memory = new TokenMemory();
      for (const [file, text] of files) memory.set(file, this.#tokenizer.encode(text));
      this.#neighbours = { origin, memory };
    }
    return this.#neighbours.memory;
  }
}
