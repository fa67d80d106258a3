/** What the ids of some columns stand for, each id once, by rising id. */
export interface TokenTexts {
  readonly ids: Uint32Array;
  /** Text of each id for people: U+FFFD where it holds part of a character, a control token's name. */
  readonly texts: readonly string[];
}

/**
 * Tokens of a text with the model's opinion of each, in columns: entry `i` of each belongs to token `firstToken + i` of
 * the text. Places are those of `TokenColumns`: they tile the text, and a token inside a character may have an empty
 * UTF-16 range. All ranges are half-open, all logarithms natural.
 */
export interface ScoredTokens {
  /** Index of the first token here among the tokens of the text. */
  readonly firstToken: number;
  readonly ids: Uint32Array;
  /** UTF-16 offsets. */
  readonly starts: Uint32Array;
  readonly ends: Uint32Array;
  /** UTF-8 byte offsets. */
  readonly byteStarts: Uint32Array;
  readonly byteEnds: Uint32Array;
  /** Log-probability of the token given those before it; NaN where the model was not asked. */
  readonly logProbs: Float32Array;
  /** One more than the number of likelier tokens in the vocabulary; 0 where the model was not asked. */
  readonly ranks: Uint32Array;
  /** Entropy of the distribution that the token came from, in nats; NaN where the model was not asked. */
  readonly entropies: Float32Array;
  /** Likeliest tokens that are listed for each token. */
  readonly topCount: number;
  /** [tokens, topCount], likeliest first. */
  readonly topIds: Uint32Array;
  /** [tokens, topCount]; minus infinity where there is no further token. */
  readonly topLogProbs: Float32Array;
  /** Texts of all `ids` and `topIds`. */
  readonly vocabulary: TokenTexts;
}

/** One of the tokens that may come at a place. */
export interface ScoredAlternative {
  readonly id: number;
  readonly text: string;
  readonly logProb: number;
  /** True for the token that stands in the text. */
  readonly isActual: boolean;
}

/** The columns of a {@link ScoredTokens} that have one entry for each token. */
export const tokenColumnNames = [
  'ids',
  'starts',
  'ends',
  'byteStarts',
  'byteEnds',
  'logProbs',
  'ranks',
  'entropies',
] as const;

/** True where the model was asked for the token. */
export function isScored({ ranks }: Pick<ScoredTokens, 'ranks'>, index: number): boolean {
  return ranks[index]! > 0;
}

/** Looks up what ids stand for. */
export function textOfId({ ids, texts }: TokenTexts, id: number): string {
  let low = 0;
  let high = ids.length - 1;
  while (low <= high) {
    const middle = (low + high) >> 1;
    const found = ids[middle]!;
    if (found === id) return texts[middle]!;
    if (found < id) low = middle + 1;
    else high = middle - 1;
  }
  return '';
}

/** The likeliest tokens in place of token `index` of the columns, likeliest first; empty where the model was not asked. */
export function alternativesAt(tokens: ScoredTokens, index: number): readonly ScoredAlternative[] {
  if (!isScored(tokens, index)) return [];
  const { topCount, topIds, topLogProbs, ids, vocabulary } = tokens;
  const alternatives: ScoredAlternative[] = [];
  for (let place = index * topCount; place < (index + 1) * topCount; place++) {
    const logProb = topLogProbs[place]!;
    if (logProb === -Infinity) break;
    const id = topIds[place]!;
    alternatives.push({ id, text: textOfId(vocabulary, id), logProb, isActual: id === ids[index] });
  }
  return alternatives;
}

/** Share of the probability that the listed likeliest tokens have together: "covers x %". */
export function coverageAt({ topCount, topLogProbs }: ScoredTokens, index: number): number {
  let sum = 0;
  for (let place = index * topCount; place < (index + 1) * topCount; place++) sum += Math.exp(topLogProbs[place]!);
  return Math.min(1, sum);
}
