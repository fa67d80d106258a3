import { chooseToken } from '../../src/core/sampling/chooseToken.js';
import { createRandom, type Random } from '../../src/core/sampling/random.js';
import type { PersistedState } from '../boot/persistedState.js';
import type { PanelState } from './panelState.js';
import type { Prediction } from './prediction.js';

/** Chooses the id that comes next. */
export type TokenChoice = (prediction: Prediction) => number;

/** Always the likeliest. */
export const chooseLikeliest: TokenChoice = ({ distribution }) => distribution.ids[0]!;

/**
 * Draws as the engine would, by the options and the seed as they are now, and remembers how many numbers were drawn: the
 * next draw goes on from there.
 */
export function drawing(state: PersistedState<PanelState>): TokenChoice {
  const { sampling, drawCount } = state.value;
  let drawn = drawCount;
  const random = randomAfter(sampling.seed, drawCount);
  const draw: Random = () => {
    drawn++;
    return random();
  };
  return ({ logProbs, allowed }) => {
    const id = chooseToken(logProbs, sampling, draw, allowed);
    state.update({ drawCount: drawn });
    return id;
  };
}

/** The generator of a seed after some numbers were drawn from it. */
function randomAfter(seed: number, drawCount: number): Random {
  const random = createRandom(seed);
  for (let drawn = 0; drawn < drawCount; drawn++) random();
  return random;
}
