/**
 * Ids of the `count` largest logits, by falling logit, ties by rising id; without sorting the vocabulary (a heap of
 * `count` entries). NaN and minus infinity are never chosen, so fewer may come back.
 *
 * @param logits one row, [vocabulary]
 * @param candidates ids to choose from; all when undefined. Ids beyond the logits are left out.
 */
export function mostLikely(logits: Float32Array, count: number, candidates?: ArrayLike<number>): number[] {
  if (count <= 0) return [];
  const heap = new WorstFirstHeap(logits, count);
  const candidateCount = candidates?.length ?? logits.length;
  // Nearly all of a vocabulary is below the worst of the best: one comparison each.
  let bar = -Infinity;
  for (let index = 0; index < candidateCount; index++) {
    const id = candidates?.[index] ?? index;
    const logit = logits[id];
    if (logit === undefined || !(logit >= bar)) continue;
    heap.offer(id);
    bar = heap.bar;
  }
  return heap.ids.sort((a, b) => logits[b]! - logits[a]! || a - b);
}

/** Keeps the best ids seen, the worst of them on top. */
class WorstFirstHeap {
  readonly ids: number[] = [];
  readonly #logits: Float32Array;
  readonly #capacity: number;

  constructor(logits: Float32Array, capacity: number) {
    this.#logits = logits;
    this.#capacity = capacity;
  }

  /** The least logit that can still get in. */
  get bar(): number {
    return this.ids.length < this.#capacity ? -Infinity : (this.#logits[this.ids[0]!] ?? -Infinity);
  }

  offer(id: number): void {
    const logit = this.#logits[id];
    if (logit === undefined || !(logit > -Infinity)) return;
    if (this.ids.length < this.#capacity) {
      this.ids.push(id);
      this.#rise(this.ids.length - 1);
    } else if (this.#isWorse(this.ids[0]!, id)) {
      this.ids[0] = id;
      this.#sink();
    }
  }

  #isWorse(a: number, b: number): boolean {
    const left = this.#logits[a]!;
    const right = this.#logits[b]!;
    return left < right || (left === right && a > b);
  }

  #rise(from: number): void {
    let child = from;
    while (child > 0) {
      const parent = (child - 1) >> 1;
      if (!this.#isWorse(this.ids[child]!, this.ids[parent]!)) return;
      this.#swap(child, parent);
      child = parent;
    }
  }

  #sink(): void {
    let parent = 0;
    for (;;) {
      let worst = parent;
      for (const child of [2 * parent + 1, 2 * parent + 2]) {
        if (child < this.ids.length && this.#isWorse(this.ids[child]!, this.ids[worst]!)) worst = child;
      }
      if (worst === parent) return;
      this.#swap(parent, worst);
      parent = worst;
    }
  }

  #swap(a: number, b: number): void {
    const id = this.ids[a]!;
    this.ids[a] = this.ids[b]!;
    this.ids[b] = id;
  }
}
