import type { Clock } from '../../core/clock.js';
import type { EngineContext, EngineContract, EngineHandlers, EngineMethod } from '../../protocol/engineContract.js';
import { type LaneRequest, RequestLane } from './requestLane.js';

type Waiting = Omit<LaneRequest<never>, 'run' | 'slot'>;

/**
 * What somebody waits for goes first, in order; then what is done ahead of need, which is short; analyses last, since one
 * may take a minute. They pause between two runs of the model and let all others through, except what takes their model
 * away: that waits for their end.
 */
const requested: Waiting = { kind: 'requests', precedence: 0, maxWaiting: 32, yields: false, interjects: true };
const unloading: Waiting = { ...requested, interjects: false };
const prefill: Waiting = { kind: 'prefills', precedence: 1, maxWaiting: 4, yields: true, interjects: true };
const analysis: Waiting = { kind: 'analyses', precedence: 2, maxWaiting: 16, yields: false, interjects: true };
/** Hundreds of runs about one suggestion: analyses of what is on the screen go between them. */
const explanation: Waiting = { kind: 'explanations', precedence: 3, maxWaiting: 4, yields: false, interjects: false };

/**
 * Lets one request at a time use a model: sessions and KV caches have one owner, and a second run would only slow the
 * first. What neither loads nor runs a model is answered at once.
 */
export function queueHandlers(handlers: EngineHandlers, clock: Clock): EngineHandlers {
  const lane = new RequestLane(clock);

  function inLane<K extends EngineMethod>(method: K, waiting: Waiting) {
    return (params: EngineContract[K]['params'], { signal, report }: EngineContext<EngineContract[K]['progress']>) =>
      lane.submit<EngineContract[K]['result']>(
        {
          ...waiting,
          slot: undefined,
          run: (signal, { giveWay }) => handlers[method](params, { signal, report, giveWay }),
        },
        signal,
      );
  }

  return {
    ...handlers,
    'models/load': inLane('models/load', requested),
    'models/unload': inLane('models/unload', unloading),
    'scores/score': inLane('scores/score', analysis),
    'scores/compare': inLane('scores/compare', analysis),
    'nextTokens/predict': inLane('nextTokens/predict', analysis),
    'embeddings/embed': inLane('embeddings/embed', analysis),
    'memory/remember': inLane('memory/remember', analysis),
    'explain/suggestion': inLane('explain/suggestion', analysis),
    'explain/occlude': inLane('explain/occlude', explanation),
    'completion/generate': (params, { signal, report }) => {
      const slot = params.replaceable === true ? `generate ${params.folder}` : undefined;
      const run: LaneRequest<EngineContract['completion/generate']['result']>['run'] = async (signal, turn) => {
        const result = await handlers['completion/generate'](params, { signal, report });
        return { ...result, timings: { ...result.timings, queueMs: turn.waitedMs } };
      };
      return lane.submit({ ...requested, slot, run }, signal);
    },
    'completion/prefill': (params, { signal, report }) => {
      const run = (signal: AbortSignal): Promise<EngineContract['completion/prefill']['result']> =>
        handlers['completion/prefill'](params, { signal, report });
      return lane.submit({ ...prefill, slot: `prefill ${params.folder}`, run }, signal);
    },
    'engine/state': async (params, context) => {
      const state = await handlers['engine/state'](params, context);
      return { ...state, queueLength: lane.waitingCount };
    },
  };
}
