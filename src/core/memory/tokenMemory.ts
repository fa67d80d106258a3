import { GrowingArray } from './growingArray.js';
import { SequenceChain } from './sequenceChain.js';

/** A place where what was asked for is written, and what follows it there. */
export interface MemoryMatch {
  /** Tokens before the place that agree with the end of the history. */
  readonly length: number;
  /** The token that follows. */
  readonly token: number;
  /** The text's key, and the index of the token in it. */
  readonly key: string;
  readonly index: number;
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
}

interface RememberedText {
  readonly key: string;
  readonly start: number;
  readonly end: number;
  isForgotten: boolean;
}

/** Stands between two texts; no token has this number. */
const boundary = -1;

/** Shortest agreement that is looked for; longer ones are looked for first, so that frequent short ones do not hide them. */
const shortSequence = 2;
const longSequence = 6;
/** Agreement is not followed further back: what agrees so far goes on alike nearly always. */
const longestAgreement = 32;
/** Places taken, and looked at, for each of the two lengths. Own choice: a small part of a decode step. */
const mostPlaces = 256;
const mostLooks = 1_024;
/** Places looked at where few are accepted, at the one or two tokens that token healing writes again. */
const mostFilteredLooks = 4_096;

/**
 * Texts as tokens, to be asked what followed in them on the end of a history: an n-gram model of every length at once, without
 * counting any. Source of the idea: Grave, Cissé and Joulin, "Unbounded cache model for online language modeling with open
 * vocabulary" (2017); Liu et al., "Infini-gram" (2024). A text takes 12 bytes a token.
 */
export class TokenMemory {
  readonly #alike: ArrayLike<number>;
  readonly #slotBits: number;
  readonly #current = new Map<string, RememberedText>();
  #tokens = new GrowingArray();
  #short: SequenceChain;
  #long: SequenceChain;
  #texts: RememberedText[] = [];
  #forgottenCount = 0;

  /**
   * @param alike by token: the token that stands for all that count as the same before a place; itself where left out.
   * @param slotBits logarithm of the number of chains: about as many as tokens are expected.
   */
  constructor(alike: ArrayLike<number> = [], slotBits = 18) {
    this.#alike = alike;
    this.#slotBits = slotBits;
    this.#short = new SequenceChain(shortSequence, slotBits);
    this.#long = new SequenceChain(longSequence, slotBits);
  }

  /** Tokens that are remembered. */
  get tokenCount(): number {
    return this.#tokens.length - this.#forgottenCount;
  }

  /** Texts that are remembered. */
  get textCount(): number {
    return this.#current.size;
  }

  /** Remembers a text in place of what was remembered under the same key. */
  set(key: string, tokens: readonly number[]): void {
    this.delete(key);
    this.#append(key, tokens);
  }

  /** Forgets a text. */
  delete(key: string): void {
    const text = this.#current.get(key);
    if (text === undefined) return;
    text.isForgotten = true;
    this.#current.delete(key);
    this.#forgottenCount += text.end - text.start + 1;
    if (this.#forgottenCount * 2 > this.#tokens.length) this.#compact();
  }

  /**
   * Where the end of the history is written, of each text that is not left out; at least two tokens agree. Long agreement
   * comes first, and of that what was remembered last.
   */
  matches(history: readonly number[], { leftOut, accepts, isExact = true }: MatchOptions = {}): MemoryMatch[] {
    const found: MemoryMatch[] = [];
    const historyAt = (index: number): number => this.#likeness(history[index]!);
    const limit = accepts === undefined ? mostLooks : mostFilteredLooks;
    const look = (chain: SequenceChain, isWanted: (length: number) => boolean): void => {
      let taken = 0;
      let place = chain.newest(history.length, historyAt);
      for (let looks = 0; place >= 0 && looks < limit && taken < mostPlaces; place = chain.older(place), looks++) {
        const length = this.#agreement(place, history, isExact);
        const token = place < this.#tokens.length ? this.#tokens.at(place) : boundary;
        if (token === boundary || !isWanted(length)) continue;
        const text = this.#textAt(place);
        if (text.isForgotten || text.key === leftOut) continue;
        if (accepts?.((offset) => (place + offset < text.end ? this.#tokens.at(place + offset) : boundary)) === false)
          continue;
        found.push({ length, token, key: text.key, index: place - text.start });
        taken++;
      }
    };
    look(this.#long, (length) => length >= longSequence);
    look(this.#short, (length) => length >= shortSequence && length < longSequence);
    return found;
  }

  /** Sum of a number that belongs to each token over the first `count` tokens of a text; 0 when it is not remembered. */
  sumOver(key: string, count: number, numbers: ArrayLike<number>): number {
    const text = this.#current.get(key);
    let sum = 0;
    for (let index = 0; text !== undefined && index < count; index++) {
      sum += numbers[this.#tokens.at(text.start + index)] ?? 0;
    }
    return sum;
  }

  #append(key: string, tokens: readonly number[]): void {
    const start = this.#tokens.length;
    const tokenAt = (index: number): number => this.#likeness(this.#tokens.at(index));
    for (const token of tokens) {
      this.#short.add(this.#tokens.length, tokenAt);
      this.#long.add(this.#tokens.length, tokenAt);
      this.#tokens.push(token);
    }
    const text = { key, start, end: this.#tokens.length, isForgotten: false };
    this.#short.add(this.#tokens.length, tokenAt);
    this.#long.add(this.#tokens.length, tokenAt);
    this.#tokens.push(boundary);
    this.#texts.push(text);
    this.#current.set(key, text);
  }

  #agreement(place: number, history: readonly number[], isExact: boolean): number {
    const limit = Math.min(place, history.length, longestAgreement);
    for (let length = 0; length < limit; length++) {
      const [here, there] = [history[history.length - 1 - length]!, this.#tokens.at(place - 1 - length)];
      if (here !== there && (isExact || this.#likeness(here) !== this.#likeness(there))) return length;
    }
    return limit;
  }

  #likeness(token: number): number {
    return this.#alike[token] ?? token;
  }

  #textAt(place: number): RememberedText {
    let low = 0;
    let high = this.#texts.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if (this.#texts[middle]!.start <= place) low = middle;
      else high = middle - 1;
    }
    return this.#texts[low]!;
  }

  #copy({ start, end }: RememberedText): number[] {
    return Array.from({ length: end - start }, (_, index) => this.#tokens.at(start + index));
  }

  /** Builds everything anew without what was forgotten. */
  #compact(): void {
    const kept = [...this.#current.values()].map((text) => ({ key: text.key, tokens: this.#copy(text) }));
    this.#tokens = new GrowingArray();
    this.#short = new SequenceChain(shortSequence, this.#slotBits);
    this.#long = new SequenceChain(longSequence, this.#slotBits);
    this.#texts = [];
    this.#current.clear();
    this.#forgottenCount = 0;
    for (const { key, tokens } of kept) this.#append(key, tokens);
  }
}
