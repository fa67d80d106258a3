import { LruMap } from '../../src/core/flow/lruMap.js';
import type { NextTokensPanelContract, PredictParams } from '../../src/protocol/panels/nextTokensPanelContract.js';
import type { RpcClient } from '../../src/protocol/rpcClient.js';
import { rowSteps } from './panelState.js';
import { Prediction } from './prediction.js';

/** Predictions kept, so that going back in the tree asks nothing: a few megabytes with a large vocabulary. */
const rememberedPredictions = 12;

/** Asks for predictions, each once. */
export class Predictor {
  readonly #client: RpcClient<NextTokensPanelContract>;
  readonly #known = new LruMap<string, Prediction>(rememberedPredictions);

  constructor(client: RpcClient<NextTokensPanelContract>) {
    this.#client = client;
  }

  /** @throws GlassboxError of the engine; `cancelled`. */
  async predict(params: Omit<PredictParams, 'topCount'>, signal: AbortSignal): Promise<Prediction> {
    const key = [params.digest, params.mode, ...params.branch].join();
    const known = this.#known.get(key);
    if (known !== undefined) return known;
    const topCount = rowSteps.at(-1)!;
    const answer = await this.#client.call('nextTokens/predict', { ...params, topCount }, { signal });
    const prediction = new Prediction(params.branch, answer);
    this.#known.set(key, prediction);
    return prediction;
  }
}
