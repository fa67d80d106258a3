/** Arithmetic mean of the last few samples. */
export class SlidingMean {
  readonly #samples: number[] = [];
  readonly #limit: number;
  #sum = 0;

  /** @param limit how many samples count, at least 1. */
  constructor(limit: number) {
    this.#limit = limit;
  }

  /** Number of samples that count now. */
  get count(): number {
    return this.#samples.length;
  }

  /** The mean; 0 when there is no sample. */
  get mean(): number {
    return this.#samples.length === 0 ? 0 : this.#sum / this.#samples.length;
  }

  add(sample: number): void {
    this.#samples.push(sample);
    this.#sum += sample;
    if (this.#samples.length > this.#limit) this.#sum -= this.#samples.shift() ?? 0;
  }
}
