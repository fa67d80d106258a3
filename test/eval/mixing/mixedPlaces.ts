import { readFileSync } from 'node:fs';
import path from 'node:path';
import { lineLengthOf } from '../../../src/core/memory/lineAgreement.js';
import { evidenceOf, lineAgreements, type LevelEvidence } from '../../../src/core/memory/memoryEvidence.js';
import { mixingWeightIndex } from '../../../src/core/memory/mixingClasses.js';
import { TokenLineBreaks } from '../../../src/core/memory/tokenLineBreaks.js';
import { TokenMemory, type MemoryMatch } from '../../../src/core/memory/tokenMemory.js';
import { textStart } from '../../../src/core/memory/tokenTexts.js';
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

/** What is known around each token: the text before it, or also what follows its line. */
export type MixedReading = 'text' | 'line';

/** Tokens of the history, and behind the line, that are looked at. */
const historyLength = 32;
const aheadLength = 12;

/**
 * Scores texts from left to right with one model, as `glassbox score` does, and notes what memory would have said: the text
 * before each token, and the other files of the origin when they are given. Reading lines, it also notes what would be said
 * if each token's line were to be filled in.
 */
export class MixedReader {
  readonly #engine: EngineClient;
  readonly #folder: string;
  readonly #tokenizer: TextTokenizer;
  readonly #lineBreaks: TokenLineBreaks;
  #neighbours: { readonly origin: string; readonly memory: TokenMemory } | undefined;

  constructor(engine: EngineClient, folder: string) {
    this.#engine = engine;
    this.#folder = folder;
    const tokenizer: unknown = JSON.parse(readFileSync(path.join(folder, 'tokenizer.json'), 'utf8'));
    this.#tokenizer = new TextTokenizer(tokenizer, {}, libraryFactory);
    this.#lineBreaks = new TokenLineBreaks(this.#tokenizer.table);
  }

  /** @param files every file of the text's origin by path; undefined: the text alone is remembered. */
  async read(
    placed: PlacedText,
    files: ReadonlyMap<string, string> | undefined,
    reading: MixedReading,
    signal: AbortSignal,
  ): Promise<MixedText> {
    const { text } = placed;
    const { tokens, totals } = await this.#engine.call(
      'scores/score',
      { folder: this.#folder, text, topCount: 1 },
      { signal },
    );
    const ids = [...tokens.ids];
    const own = new TokenMemory(this.#lineBreaks.alike);
    own.set('', ids);
    const around = files && this.#remember(placed.origin, files);
    const find = reading === 'text' ? matchesInText : this.#matchesAroundLine;
    const places = ids.flatMap((id, index): MixedPlace[] => {
      if (tokens.ranks[index] === 0) return [];
      const { file, workspace, lineLength } = find(ids, index, own, around, placed.path);
      const folder = workspace.filter(({ key }) => path.posix.dirname(key) === path.posix.dirname(placed.path));
      const lines = lineLength === undefined ? {} : lineAgreements({ file, workspace }, lineLength);
      const confidence = Math.exp(tokens.topLogProbs[index]!);
      const evidence = Array.from(evidenceOf({ workspace, folder, file, ...lines }), (piece) => ({
        weight: mixingWeightIndex(piece, confidence),
        share: this.#shareOf(id, piece, reading),
      }));
      return [{ evidence, model: Math.exp(tokens.logProbs[index]!) }];
    });
    return { places, byteCount: totals.byteCount };
  }

  /** Where one line is filled in, any line break ends it. */
  #shareOf(id: number, { counts, total }: LevelEvidence, reading: MixedReading): number {
    const { begins } = this.#lineBreaks;
    if (reading === 'text' || begins[id] !== 1) return (counts.get(id) ?? 0) / total;
    return [...counts].reduce((sum, [token, count]) => sum + (begins[token] === 1 ? count : 0), 0) / total;
  }

  readonly #matchesAroundLine: FindMatches = (ids, index, own, around, leftOut) => {
    const { begins } = this.#lineBreaks;
    const lineEndFrom = (from: number): number => {
      let end = from;
      while (end < ids.length && begins[ids[end]!] !== 1) end++;
      return end;
    };
    const history = historyOf(ids, index);
    const lineEnd = lineEndFrom(index);
    const ahead = lineEnd < ids.length ? ids.slice(lineEnd, lineEnd + aheadLength) : undefined;
    const options = { ahead, isExact: false };
    const file = own.matches(history, options).flatMap((match): MemoryMatch[] => {
      if (match.index > lineEnd) return [match];
      // Before the token nothing is known of what follows it.
      const known = index - lineEndFrom(match.index);
      return match.index < index ? [{ ...match, ahead: Math.max(0, Math.min(match.ahead, known)) }] : [];
    });
    const workspace = around?.matches(history, { ...options, leftOut }) ?? [];
    return { file, workspace, lineLength: lineLengthOf(history, (token) => begins[token] === 1) };
  };

  #remember(origin: string, files: ReadonlyMap<string, string>): TokenMemory {
    if (this.#neighbours?.origin !== origin) {
      const memory = new TokenMemory(this.#lineBreaks.alike);
      for (const [file, text] of files) memory.set(file, this.#tokenizer.encode(text));
      this.#neighbours = { origin, memory };
    }
    return this.#neighbours.memory;
  }
}

/** What agrees with the surroundings of one token of a text. */
type FindMatches = (
  ids: readonly number[],
  index: number,
  own: TokenMemory,
  around: TokenMemory | undefined,
  leftOut: string,
) => {
  readonly file: readonly MemoryMatch[];
  readonly workspace: readonly MemoryMatch[];
  /** Tokens of the line before the token; undefined where what follows the line is not known. */
  readonly lineLength: number | undefined;
};

const matchesInText: FindMatches = (ids, index, own, around, leftOut) => {
  const history = historyOf(ids, index);
  const file = own.matches(history).filter((match) => match.index < index);
  return { file, workspace: around?.matches(history, { leftOut }) ?? [], lineLength: undefined };
};

function historyOf(ids: readonly number[], index: number): readonly number[] {
  const start = index - historyLength;
  return start >= 0 ? ids.slice(start, index) : [textStart, textStart, ...ids.slice(0, index)].slice(-historyLength);
}
