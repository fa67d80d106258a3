import type { Clock } from '../../core/clock.js';
import type { EngineContract, EngineHandlers, EngineMethod } from '../../protocol/engineContract.js';
import type { RpcHandlerContext } from '../../protocol/rpcContract.js';
import { type LaneRequest, RequestLane } from './requestLane.js';

type Waiting = Omit<LaneRequest<never>, 'run' | 'slot'>;

/** What somebody asked for goes first, in order; analyses next; what is only done ahead of need last. */
const requested: Waiting = { kind: 'requests', precedence: 0, maxWaiting: 32, yields: false };
const analysis: Waiting = { kind: 'analyses', precedence: 1, maxWaiting: 16, yields: false };
const prefill: Waiting = { kind: 'prefills', precedence: 2, maxWaiting: 4, yields: true };

/**
 * Lets one request at a time use a model: sessions and KV caches have one owner, and a second run would only slow the
 * first. What neither loads nor runs a model is answered at once.
 */
export function queueHandlers(handlers: EngineHandlers, clock: Clock): EngineHandlers {
  const lane = new RequestLane(clock);

  function inLane<K extends EngineMethod>(method: K, waiting: Waiting) {
    return (
      params: EngineContract[K]['params'],
      { signal, report }: RpcHandlerContext<EngineContract[K]['progress']>,
    ) =>
      lane.submit<EngineContract[K]['result']>(
        { ...waiting, slot: undefined, run: (signal) => handlers[method](params, { signal, report }) },
        signal,
      );
  }

  return {
    ...handlers,
    'models/load': inLane('models/load', requested),
    'models/unload': inLane('models/unload', requested),
    'tokens/score': inLane('tokens/score', analysis),
    'completion/generate': (params, { signal, report }) => {
      const slot = params.replaceable === true ? `generate ${params.folder}` : undefined;
      const run: LaneRequest<EngineContract['completion/generate']['result']>['run'] = async (signal, queueMs) => {
        const result = await handlers['completion/generate'](params, { signal, report });
        return { ...result, timings: { ...result.timings, queueMs } };
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
