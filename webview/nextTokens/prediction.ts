import type { BranchToken } from '../../src/core/nextTokens/branchTree.js';
import { descriptionOf, type TokenDescription } from '../../src/core/nextTokens/tokenDescriptions.js';
import type { SampledDistribution } from '../../src/core/sampling/sampledDistribution.js';
import { TokenDistribution } from '../../src/core/sampling/tokenDistribution.js';
import type { NextTokens } from '../../src/protocol/nextTokensContract.js';
import type { PanelState } from './panelState.js';

/** What may come after a place and a branch, ready to be looked at under any sampling options. */
export class Prediction {
  /** Ids of the branch. */
  readonly branch: readonly number[];
  readonly distribution: TokenDistribution;
  /** The model's row and, where token healing holds the beginning, the ids that agree with it: what is drawn from. */
  readonly logProbs: Float32Array;
  readonly allowed: Uint32Array | undefined;
  readonly contextTokenCount: number;
  /** See `NextTokens.repeatedBytes`. */
  readonly repeatedBytes: Uint8Array;
  readonly #tokens: NextTokens['tokens'];
  readonly #described = new Map<number, TokenDescription | undefined>();
  #sampled: { readonly sampling: PanelState['sampling']; readonly result: SampledDistribution } | undefined;

  constructor(branch: readonly number[], answer: NextTokens) {
    this.branch = branch;
    this.logProbs = answer.logProbs;
    this.allowed = answer.allowedIds ?? undefined;
    this.distribution = new TokenDistribution(answer.logProbs, this.allowed);
    this.contextTokenCount = answer.contextTokenCount;
    this.repeatedBytes = answer.repeatedBytes;
    this.#tokens = answer.tokens;
  }

  /** The distribution under sampling options: the same object while they are the same one. */
  sampled(sampling: PanelState['sampling']): SampledDistribution {
    if (this.#sampled?.sampling !== sampling) {
      this.#sampled = { sampling, result: this.distribution.sampled(sampling) };
    }
    return this.#sampled.result;
  }

  /**
   * What an id stands for, the same object each time; undefined for one that is neither in the branch nor among the
   * likeliest.
   */
  describe(id: number): TokenDescription | undefined {
    if (!this.#described.has(id)) this.#described.set(id, descriptionOf(this.#tokens, id));
    return this.#described.get(id);
  }

  /** A token of this distribution as a branch keeps it, described by the prediction that follows it. */
  tokenFor(id: number, after: Prediction): BranchToken {
    const description = after.describe(id) ?? this.describe(id);
    return {
      id,
      bytes: Array.from(description?.bytes ?? []),
      controlName: description?.controlName ?? null,
      logProb: this.distribution.logProbOf(id),
    };
  }
}
