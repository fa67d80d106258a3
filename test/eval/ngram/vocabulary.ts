/** Numbers lexemes in the order in which they are met. */
export class Vocabulary {
  readonly #ids = new Map<string, number>();
  readonly #lexemes: string[] = [];

  /** The lexeme's number, a new one when it was never met. */
  idOf(lexeme: string): number {
    let id = this.#ids.get(lexeme);
    if (id === undefined) {
      id = this.#lexemes.length;
      this.#ids.set(lexeme, id);
      this.#lexemes.push(lexeme);
    }
    return id;
  }

  /** The lexeme of a number that {@link idOf} gave. */
  lexemeOf(id: number): string {
    return this.#lexemes[id]!;
  }
}
