import { agreementAhead, findLineStart, lineLengthOf } from './lineAgreement.js';
import type { SequenceChain } from './sequenceChain.js';
import { longSequence, shortSequence, textEnd, TokenTexts } from './tokenTexts.js';

/** A place where what was asked for is written, and what follows it there. */
export interface MemoryMatch {
  /** Tokens before the place that agree with the end of the history. */
  readonly length: number;
  /** The token that follows. */
  readonly token: number;
  /** The text's key, and the index of the token in it. */
  readonly key: string;
  readonly index: number;
  /** Tokens that agree behind the end of its line, the line break included; 0 where that was not asked. */
  readonly ahead: number;
}

/** Which places count, by the tokens that follow there: `tokenAt(0)` is the next one, -1 stands at the text's end. */
export type AcceptContinuation = (tokenAt: (offset: number) => number) => boolean;

/** Which places {@link TokenMemory.matches} gives. */
export interface MatchOptions {
  /** Key of a text that is not looked at. */
  readonly leftOut?: string;
  readonly accepts?: AcceptContinuation | undefined;
  /** False: tokens that are alike agree as well. */
  readonly isExact?: boolean;
  /**
   * What stands behind the end of the line that is written, its line break first. Places are looked for on that side as
   * well, of lines whose next lines agree, and alike tokens agree.
   */
  readonly ahead?: readonly number[] | undefined;
}

/** Agreement is not followed further back: what agrees so far goes on alike nearly always. */
const longestAgreement = 32;
/** Places taken, and looked at, for each of the two lengths. Own choice: a small part of a decode step. */
const mostPlaces = 256;
const mostLooks = 1_024;
/** Places taken that agree behind the line alone, for each of the two lengths. */
const mostLinePlaces = 64;
/** Places looked at where few are accepted, at the one or two tokens that token healing writes again. */
const mostFilteredLooks = 4_096;

/**
 * Texts as tokens, to be asked what followed in them on the end of a history: an n-gram model of every length at once, without
 * counting any. Source of the idea: Grave, Cissé and Joulin, "Unbounded cache model for online language modeling with open
 * vocabulary" (2017); Liu et al., "Infini-gram" (2024). A line that is to be filled in is looked for from its other side too.
 */
export class TokenMemory {
  readonly #texts: TokenTexts;

  /**
   * @param alike by token: the token that stands for all that count as the same before a place; itself where left out.
   * @param slotBits logarithm of the number of chains: about as many as tokens are expected.
   */
  constructor(alike: ArrayLike<number> = [], slotBits = 18) {
    this.#texts = new TokenTexts(alike, slotBits);
  }

  /** Tokens that are remembered. */
  get tokenCount(): number {
    return this.#texts.tokenCount;
  }

  /** Texts that are remembered. */
  get textCount(): number {
    return this.#texts.textCount;
  }

  /**
   * Remembers a text in place of what was remembered under the same key.
   *
   * @param isWhole false: a piece, which does not begin where texts begin.
   */
  set(key: string, tokens: readonly number[], isWhole = true): void {
    this.#texts.set(key, tokens, isWhole);
  }

  /** Forgets a text. */
  delete(key: string): void {
    this.#texts.delete(key);
  }

  /**
   * Where the end of the history is written, of each text that is not left out: at least two tokens agree, or the line so far
   * and two tokens behind it. Long agreement comes first, and of that what was remembered last.
   *
   * @param history tokens; two `textStart` stand before those of a whole text.
   */
  matches(history: readonly number[], options: MatchOptions = {}): MemoryMatch[] {
    const ahead = options.ahead?.map((token) => this.#texts.likeness(token));
    const found = this.#matchesBehind(history, ahead, options);
    if (ahead !== undefined) found.push(...this.#matchesBefore(history, ahead, options));
    return found;
  }

  /** Sum of a number that belongs to each token over the first `count` tokens of a text; 0 when it is not remembered. */
  sumOver(key: string, count: number, numbers: ArrayLike<number>): number {
    const text = this.#texts.textOf(key);
    let sum = 0;
    for (let index = 0; text !== undefined && index < count; index++) {
      sum += numbers[this.#texts.tokenAt(text.start + index)] ?? 0;
    }
    return sum;
  }

  /** Places that the history leads to. */
  #matchesBehind(
    history: readonly number[],
    ahead: readonly number[] | undefined,
    options: MatchOptions,
  ): MemoryMatch[] {
    const { accepts, isExact = true } = options;
    const found: MemoryMatch[] = [];
    const historyAt = (index: number): number => this.#texts.likeness(history[index]!);
    const limit = accepts === undefined ? mostLooks : mostFilteredLooks;
    const look = (chain: SequenceChain, isWanted: (length: number) => boolean): void => {
      let taken = 0;
      let place = chain.newest(history.length, historyAt);
      for (let looks = 0; place >= 0 && looks < limit && taken < mostPlaces; place = chain.older(place), looks++) {
        const length = this.#agreement(place, history, isExact);
        const match = isWanted(length) ? this.#matchAt(place, length, ahead, options) : undefined;
        if (match === undefined) continue;
        found.push(match);
        taken++;
      }
    };
    const [long, short] = this.#texts.chains;
    look(long, (length) => length >= longSequence);
    look(short, (length) => length >= shortSequence && length < longSequence);
    return found;
  }

  /** Places that the history does not lead to, of lines that begin as the one that is written and whose next lines agree. */
  #matchesBefore(history: readonly number[], ahead: readonly number[], options: MatchOptions): MemoryMatch[] {
    const lineLength = lineLengthOf(history, (token) => this.#texts.likeness(token) === ahead[0]);
    // Of longer beginnings the history finds all places.
    if (lineLength >= shortSequence) return [];
    const found = new Map<number, MemoryMatch>();
    for (const chain of this.#texts.chains) {
      const limit = found.size + mostLinePlaces;
      for (const { start, end } of this.#linesBefore(ahead, chain)) {
        if (found.size === limit) break;
        const place = start + lineLength;
        if (place > end || found.has(end)) continue;
        const length = this.#agreement(place, history, false);
        if (length < lineLength || length >= shortSequence) continue;
        const match = this.#matchAt(place, length, ahead, options);
        if (match !== undefined) found.set(end, match);
      }
    }
    return [...found.values()];
  }

  /** Lines that are followed by as much as the chain's sequences hold, the newest first. */
  *#linesBefore(
    ahead: readonly number[],
    chain: SequenceChain,
  ): Generator<{ readonly start: number; readonly end: number }, void> {
    const lineBreak = ahead[0]!;
    if (ahead.length < chain.length) return;
    const { likenessAt } = this.#texts;
    let place = chain.newest(chain.length, (index) => ahead[index]!);
    for (let looks = 0; place >= 0 && looks < mostLooks; place = chain.older(place), looks++) {
      const end = place - chain.length;
      const isFollowed = likenessAt(end) === lineBreak && agreementAhead(likenessAt, end, ahead) >= chain.length;
      const start = isFollowed ? findLineStart(likenessAt, end, lineBreak) : undefined;
      if (start !== undefined) yield { start, end };
    }
  }

  /** The match at a place; undefined where nothing follows, or what follows does not count. */
  #matchAt(
    place: number,
    length: number,
    ahead: readonly number[] | undefined,
    { leftOut, accepts }: MatchOptions,
  ): MemoryMatch | undefined {
    const token = this.#texts.tokenAt(place);
    if (token < 0) return undefined;
    const text = this.#texts.textAt(place);
    if (text.isForgotten || text.key === leftOut) return undefined;
    const isAccepted = accepts?.((offset) =>
      place + offset < text.end ? this.#texts.tokenAt(place + offset) : textEnd,
    );
    if (isAccepted === false) return undefined;
    const agreesAhead = ahead === undefined ? 0 : agreementAhead(this.#texts.likenessAt, place, ahead);
    return { length, token, key: text.key, index: place - text.start, ahead: agreesAhead };
  }

  #agreement(place: number, history: readonly number[], isExact: boolean): number {
    const limit = Math.min(place, history.length, longestAgreement);
    for (let length = 0; length < limit; length++) {
      const [here, there] = [history[history.length - 1 - length]!, this.#texts.tokenAt(place - 1 - length)];
      if (here === there) continue;
      if (isExact || this.#texts.likeness(here) !== this.#texts.likeness(there)) return length;
    }
    return limit;
  }
}
