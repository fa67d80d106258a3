import { evidenceOf, fewestAhead } from './memoryEvidence.js';
import { Mixture } from './mixture.js';
import { mixingWeights } from './mixingWeights.js';
import { PromptSearch, type ContinuedPrompt, type PromptMatches, type WrittenSoFar } from './promptSearch.js';
import type { RememberedPlace, RememberedToken } from './rememberedToken.js';
import type { MemoryMatch } from './tokenMemory.js';

/** What model and memory say of the next token. */
export interface RememberedRow {
  readonly mixture: Mixture;
  /** Everything about one token of the row. */
  describe(token: number): RememberedToken;
}

/** What is remembered around one cursor, and what it makes of a model's answers there. */
export class PromptMemory {
  readonly #search: PromptSearch;
  /** The token that ends what the model writes, of which memory knows nothing. */
  readonly #endToken: number | undefined;

  constructor(prompt: ContinuedPrompt) {
    this.#search = new PromptSearch(prompt);
    this.#endToken = prompt.endToken;
  }

  /**
   * Mixes what memory says into a row of the model.
   *
   * @param row log-probabilities [vocabulary] of the token after the prompt and what was generated.
   */
  mix(row: Float32Array, written: WrittenSoFar): RememberedRow {
    const { text, forcedBytes, allowed } = written;
    const matches = this.#search.find(written);
    const kept = forcedBytes.length > 0 || this.#search.mayEnd(text) ? undefined : this.#endToken;
    const model = allowed === undefined ? row : amongAllowed(row, allowed);
    const mixture = new Mixture(model, evidenceOf(matches), mixingWeights, kept);
    return {
      mixture,
      describe: (token) => ({
        logProb: mixture.logProbs[token]!,
        share: mixture.shareOf(token),
        place: this.#place(matches, token),
      }),
    };
  }

  #place(matches: PromptMatches, token: number): RememberedPlace | undefined {
    let best: { readonly source: RememberedPlace['source']; readonly match: MemoryMatch } | undefined;
    for (const source of ['file', 'workspace'] as const) {
      for (const match of matches[source]) {
        if (match.token === token && agreementOf(match) > (best === undefined ? 0 : agreementOf(best.match)))
          best = { source, match };
      }
    }
    if (best === undefined) return undefined;
    const { length, ahead } = best.match;
    return {
      ...this.#search.placeOf(best.source, best.match),
      agreement: length,
      agreementAhead: ahead < fewestAhead ? 0 : ahead,
    };
  }
}

function agreementOf({ length, ahead }: MemoryMatch): number {
  return length + ahead;
}

/** The row given that one of the allowed tokens comes. */
function amongAllowed(row: Float32Array, allowed: Uint32Array): Float32Array {
  let sum = 0;
  for (const id of allowed) sum += Math.exp(row[id] ?? -Infinity);
  const given = new Float32Array(row.length).fill(-Infinity);
  for (const id of allowed) given[id] = (row[id] ?? -Infinity) - Math.log(sum);
  return given;
}
