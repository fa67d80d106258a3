import type { NgramCounts, NgramNode } from './ngramCounts.js';

/** What one cache says of a token: its probability, and how far the cache is to be trusted, from 0 to 1. */
interface Opinion {
  readonly probability: number;
  readonly confidence: number;
}

/** Weight of each longer context against all shorter ones (Jelinek-Mercer). Source: SLP-Core's default. */
const lambda = 0.5;

/** Contexts are shortened until this many tokens are known to follow them. */
const enoughCandidates = 16;

/**
 * Shorter contexts are looked at only when no longer one is known. What follows them alone could win against what
 * follows a longer context, but too seldom to weigh a whole vocabulary at each step.
 */
const leastContext = 2;

/**
 * The probability of the next token by several caches of n-gram counts, the nearest (the file) weighing most where it
 * knows long contexts. Jelinek-Mercer smoothing within a cache, and mixing of the caches by 1 / (1 - confidence), where
 * a cache that knows `n` lengths of context has the confidence 1 - 2^-n. Source: Hellendoorn and Devanbu, "Are deep
 * neural networks the best choice for modeling source code?" (FSE 2017), and their program SLP-Core.
 */
export class NestedNgram {
  readonly #caches: readonly NgramCounts[];
  readonly #order: number;

  /** @param order longest sequence that was counted: contexts have one token less. */
  constructor(caches: readonly NgramCounts[], order: number) {
    this.#caches = caches;
    this.#order = order;
  }

  /** Probability of `token` after `history`; 0 when no cache ever saw it. */
  probability(history: readonly number[], token: number): number {
    return mix(this.#caches.map((cache) => opinion(cache, this.#contexts(cache, history), token)));
  }

  /**
   * The likeliest token after `history` among those that `allows` accepts, undefined when no cache knows one. The
   * token met earliest wins a tie.
   */
  likeliest(history: readonly number[], allows: (token: number) => boolean): number | undefined {
    const known = this.#caches.map((cache) => ({ cache, contexts: this.#contexts(cache, history) }));
    let best: { readonly token: number; readonly probability: number } | undefined;
    for (const token of this.#candidates(known, allows)) {
      const probability = mix(known.map(({ cache, contexts }) => opinion(cache, contexts, token)));
      const isBetter =
        best === undefined ||
        probability > best.probability ||
        (probability === best.probability && token < best.token);
      if (isBetter) best = { token, probability };
    }
    return best?.token;
  }

  #candidates(
    known: readonly { readonly cache: NgramCounts; readonly contexts: readonly NgramNode[] }[],
    allows: (token: number) => boolean,
  ): ReadonlySet<number> {
    const candidates = new Set<number>();
    for (let length = this.#order - 1; length >= 0 && candidates.size < enoughCandidates; length--) {
      if (length < leastContext && candidates.size > 0) break;
      for (const { cache, contexts } of known) {
        const context = contexts[length];
        if (context === undefined) continue;
        for (const token of cache.followers(context)) if (allows(token)) candidates.add(token);
      }
    }
    return candidates;
  }

  /** Nodes of the last 0, 1, 2, ... tokens of the history, as far as the cache saw something follow them. */
  #contexts(cache: NgramCounts, history: readonly number[]): readonly NgramNode[] {
    const contexts: NgramNode[] = [];
    for (let length = 0; length < this.#order && length <= history.length; length++) {
      const node = history
        .slice(history.length - length)
        .reduce<NgramNode | undefined>((at, token) => (at === undefined ? at : cache.child(at, token)), 0);
      if (node === undefined || cache.followed(node) === 0) break;
      contexts.push(node);
    }
    return contexts;
  }
}

function opinion(cache: NgramCounts, contexts: readonly NgramNode[], token: number): Opinion {
  let probability = 0;
  let mass = 0;
  for (const context of contexts) {
    const node = cache.child(context, token);
    const share = node === undefined ? 0 : cache.count(node) / cache.followed(context);
    probability = lambda * share + (1 - lambda) * probability;
    mass = lambda + (1 - lambda) * mass;
  }
  return { probability: mass === 0 ? 0 : probability / mass, confidence: 1 - 2 ** -contexts.length };
}

function mix(opinions: readonly Opinion[]): number {
  let sum = 0;
  let weights = 0;
  for (const { probability, confidence } of opinions) {
    if (confidence === 0) continue;
    const weight = 1 / (1 - confidence);
    sum += weight * probability;
    weights += weight;
  }
  return weights === 0 ? 0 : sum / weights;
}
