/** Tells repeated pairs: a description or a function that came before, whatever its case, signs and blanks. */
export class SeenPairs {
  readonly #descriptions = new Set<string>();
  readonly #codes = new Set<string>();

  /** True when neither came before; then both are remembered. */
  add(description: string, code: string): boolean {
    const [said, written] = [essence(description), essence(code)];
    if (this.#descriptions.has(said) || this.#codes.has(written)) return false;
    this.#descriptions.add(said);
    this.#codes.add(written);
    return true;
  }
}

function essence(text: string): string {
  return text
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();
}
