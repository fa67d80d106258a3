/** The usual constants: how soon repetition stops to count, and how much length does. */
const k1 = 1.2;
const b = 0.75;
const seam = /(?<=[\p{Ll}\p{N}])(?=\p{Lu})|(?<=\p{Lu})(?=\p{Lu}\p{Ll})/gu;

/** Words of a text in lower case, identifiers in their parts: `getUserName` and `get_user_name` have the same three. */
export function subwords(text: string): readonly string[] {
  return (
    text
      .replaceAll(seam, ' ')
      .toLowerCase()
      .match(/\p{L}+|\p{N}+/gu) ?? []
  );
}

/** Okapi BM25 over a set of documents (Robertson and Zaragoza 2009), with an idf that is never negative. */
export class Bm25 {
  readonly #postings = new Map<string, { readonly document: number; count: number }[]>();
  readonly #norms: readonly number[];

  constructor(documents: readonly string[]) {
    const lengths = documents.map((text, document) => {
      const words = subwords(text);
      for (const word of words) this.#count(word, document);
      return words.length;
    });
    const meanLength = lengths.reduce((sum, length) => sum + length, 0) / lengths.length;
    this.#norms = lengths.map((length) => k1 * (1 - b + (b * length) / meanLength));
  }

  /** The score of every document for a query. */
  scores(query: string): Float64Array {
    const scores = new Float64Array(this.#norms.length);
    for (const word of subwords(query)) {
      const found = this.#postings.get(word) ?? [];
      const idf = Math.log(1 + (this.#norms.length - found.length + 0.5) / (found.length + 0.5));
      for (const { document, count } of found) {
        scores[document]! += (idf * count * (k1 + 1)) / (count + this.#norms[document]!);
      }
    }
    return scores;
  }

  #count(word: string, document: number): void {
    const found = this.#postings.get(word);
    const last = found?.at(-1);
    if (found === undefined) this.#postings.set(word, [{ document, count: 1 }]);
    else if (last?.document === document) last.count++;
    else found.push({ document, count: 1 });
  }
}
