/** A list of 32-bit integers that grows, four bytes a number. */
export class GrowingArray {
  #values = new Int32Array(1024);
  #length = 0;

  get length(): number {
    return this.#length;
  }

  push(value: number): void {
    if (this.#length === this.#values.length) {
      const larger = new Int32Array(this.#values.length * 2);
      larger.set(this.#values);
      this.#values = larger;
    }
    this.#values[this.#length++] = value;
  }

  /** The number at an index below {@link length}. */
  at(index: number): number {
    return this.#values[index]!;
  }
}
