import { GrowingArray } from './growingArray.js';
import { SequenceChain } from './sequenceChain.js';

/** A text that is or was remembered: its tokens stand at the places from `start` to `end`. */
export interface RememberedText {
  readonly key: string;
  /** Where the markers before its tokens begin. */
  readonly first: number;
  readonly start: number;
  readonly end: number;
  isForgotten: boolean;
}

/** Stands twice before a whole text, so that its first token can be looked for; no token has this number. */
export const textStart = -2;
/** Stands behind each text and beyond all of them; no token has this number. */
export const textEnd = -1;

/** Tokens of the shortest agreement that is looked for. */
export const shortSequence = 2;
/** Tokens of what is looked for first, so that frequent short agreement does not hide the long. */
export const longSequence = 6;

/** The tokens of texts, one after the other, with chains of the places behind like sequences. A text takes 12 bytes a token. */
export class TokenTexts {
  readonly #alike: ArrayLike<number>;
  readonly #slotBits: number;
  readonly #current = new Map<string, RememberedText>();
  #tokens = new GrowingArray();
  #short: SequenceChain;
  #long: SequenceChain;
  #texts: RememberedText[] = [];
  #tokenCount = 0;
  #forgottenCount = 0;

  /**
   * @param alike by token: the token that stands for all that count as the same; itself where left out.
   * @param slotBits logarithm of the number of chains: about as many as tokens are expected.
   */
  constructor(alike: ArrayLike<number>, slotBits: number) {
    this.#alike = alike;
    this.#slotBits = slotBits;
    this.#short = new SequenceChain(shortSequence, slotBits);
    this.#long = new SequenceChain(longSequence, slotBits);
  }

  /** Tokens of texts that are not forgotten. */
  get tokenCount(): number {
    return this.#tokenCount;
  }

  /** Texts that are not forgotten. */
  get textCount(): number {
    return this.#current.size;
  }

  /** The chains, that of the long sequences first. */
  get chains(): readonly [SequenceChain, SequenceChain] {
    return [this.#long, this.#short];
  }

  /** The text that is remembered under a key. */
  textOf(key: string): RememberedText | undefined {
    return this.#current.get(key);
  }

  /** Appends a text; see `TokenMemory.set`. */
  set(key: string, tokens: readonly number[], isWhole: boolean): void {
    this.delete(key);
    this.#append(key, tokens, isWhole);
  }

  /** Forgets a text, and gives room back when less than half of it is used. */
  delete(key: string): void {
    const text = this.#current.get(key);
    if (text === undefined) return;
    text.isForgotten = true;
    this.#current.delete(key);
    this.#tokenCount -= text.end - text.start;
    this.#forgottenCount += text.end - text.first + 1;
    if (this.#forgottenCount * 2 > this.#tokens.length) this.#compact();
  }

  /** The token at a place; {@link textEnd} or {@link textStart} where none stands. */
  tokenAt(place: number): number {
    return place < 0 || place >= this.#tokens.length ? textEnd : this.#tokens.at(place);
  }

  /** The token that stands for all that count as the same as this one. */
  likeness(token: number): number {
    return this.#alike[token] ?? token;
  }

  /** The likeness of the token at a place. */
  readonly likenessAt = (place: number): number => this.likeness(this.tokenAt(place));

  /** The text at the place of one of its tokens. */
  textAt(place: number): RememberedText {
    let low = 0;
    let high = this.#texts.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if (this.#texts[middle]!.start <= place) low = middle;
      else high = middle - 1;
    }
    return this.#texts[low]!;
  }

  #append(key: string, tokens: readonly number[], isWhole: boolean): void {
    const first = this.#tokens.length;
    if (isWhole) for (let count = 0; count < shortSequence; count++) this.#push(textStart);
    const start = this.#tokens.length;
    for (const token of tokens) this.#push(token);
    const text = { key, first, start, end: this.#tokens.length, isForgotten: false };
    this.#push(textEnd);
    this.#tokenCount += tokens.length;
    this.#texts.push(text);
    this.#current.set(key, text);
  }

  #push(token: number): void {
    this.#short.add(this.#tokens.length, this.likenessAt);
    this.#long.add(this.#tokens.length, this.likenessAt);
    this.#tokens.push(token);
  }

  /** Builds everything anew without what was forgotten. */
  #compact(): void {
    const kept = [...this.#current.values()].map(({ key, first, start, end }) => ({
      key,
      tokens: Array.from({ length: end - start }, (_, index) => this.#tokens.at(start + index)),
      isWhole: start > first,
    }));
    this.#tokens = new GrowingArray();
    this.#short = new SequenceChain(shortSequence, this.#slotBits);
    this.#long = new SequenceChain(longSequence, this.#slotBits);
    this.#texts = [];
    this.#current.clear();
    this.#tokenCount = 0;
    this.#forgottenCount = 0;
    for (const { key, tokens, isWhole } of kept) this.#append(key, tokens, isWhole);
  }
}
