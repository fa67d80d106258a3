/** Longest sequence that the evaluation counts, the predicted token included. */
export const ngramOrder = 6;

/** Numbers up to this many may be counted: a node and a token make one key below 2^53. */
const keyStride = 2 ** 22;

/** A sequence of tokens that was counted; 0 is the empty sequence. */
export type NgramNode = number;

/**
 * How often each sequence of up to `order` tokens was seen, as a trie. Texts can be taken out again, so that a file is
 * predicted from all others.
 */
export class NgramCounts {
  readonly #order: number;
  /** Key of a node and a token -> the node of the longer sequence. */
  readonly #next = new Map<number, NgramNode>();
  /** By node: how often the sequence was seen, how often something followed, its last token, and a list of children. */
  readonly #counts: number[] = [0];
  readonly #followed: number[] = [0];
  readonly #tokens: number[] = [-1];
  readonly #firstChild: NgramNode[] = [0];
  readonly #nextSibling: NgramNode[] = [0];

  constructor(order: number) {
    this.#order = order;
  }

  /** Counts every sequence of a text. */
  add(tokens: readonly number[]): void {
    this.#change(tokens, 1);
  }

  /** Takes back what {@link add} did for the same text. */
  remove(tokens: readonly number[]): void {
    this.#change(tokens, -1);
  }

  /** The node of `node`'s sequence and one more token; undefined when that was never counted. */
  child(node: NgramNode, token: number): NgramNode | undefined {
    return this.#next.get(node * keyStride + token);
  }

  /** How often the sequence was seen. */
  count(node: NgramNode): number {
    return this.#counts[node]!;
  }

  /** How often a token was seen after the sequence: the sum of the counts of its children. */
  followed(node: NgramNode): number {
    return this.#followed[node]!;
  }

  /** The tokens seen after the sequence, newest first. */
  *followers(node: NgramNode): Generator<number, void> {
    for (let child = this.#firstChild[node]!; child !== 0; child = this.#nextSibling[child]!) {
      if (this.#counts[child]! > 0) yield this.#tokens[child]!;
    }
  }

  #change(tokens: readonly number[], by: 1 | -1): void {
    for (let start = 0; start < tokens.length; start++) {
      let node: NgramNode = 0;
      for (let at = start; at < Math.min(start + this.#order, tokens.length); at++) {
        this.#followed[node]! += by;
        node = this.#childFor(node, tokens[at]!);
        this.#counts[node]! += by;
      }
    }
  }

  #childFor(node: NgramNode, token: number): NgramNode {
    const known = this.child(node, token);
    if (known !== undefined) return known;
    const made = this.#counts.length;
    this.#next.set(node * keyStride + token, made);
    this.#counts.push(0);
    this.#followed.push(0);
    this.#tokens.push(token);
    this.#firstChild.push(0);
    this.#nextSibling.push(this.#firstChild[node]!);
    this.#firstChild[node] = made;
    return made;
  }
}
