import { GlassboxError, throwIfAborted } from '../../core/errors.js';
import type { PromptParts } from '../../core/prompt/promptParts.js';
import type { EngineClient } from '../../protocol/engineContract.js';
import type {
  InsertOutcome,
  NextTokensPanelContract,
  PinnedPlace,
  PlaceState,
} from '../../protocol/panels/nextTokensPanelContract.js';
import type { RpcHandlers } from '../../protocol/rpcContract.js';
import { isModelFault } from '../errorSentences.js';
import { followUntilAborted, type Subscribe } from '../panels/followUntilAborted.js';

/** Where the panel is, and what it may do there. */
export interface PlacePort {
  /** Stays at a place from now on, or follows the cursor when it is null. @throws GlassboxError */
  pin(pinned: PinnedPlace | null, signal: AbortSignal): Promise<void>;
  /** Where the panel is now. */
  state(): PlaceState;
  /** Told when {@link state} may give something else. */
  readonly subscribe: Subscribe;
  /** What the model is shown at a place that was told of. @throws GlassboxError `cancelled` when it is not remembered. */
  promptOf(digest: string): { readonly prompt: PromptParts; readonly folder: string };
  /** Puts text into the document at the pinned place. */
  insert(digest: string, text: string): Promise<InsertOutcome>;
  /** Shows the place in the editor. */
  reveal(digest: string): Promise<void>;
}

/** What the panel's answers are made of. */
export interface NextTokensDeps {
  readonly engine: EngineClient;
  readonly places: PlacePort;
  /** Looks for models if nobody has. @throws GlassboxError */
  readonly findModels: () => Promise<unknown>;
  /** Another model takes over from one that failed. */
  readonly reportFault: (folder: string, fault: GlassboxError) => void;
}

/** Answers the page of the next-token panel. */
export function nextTokensHandlers(deps: NextTokensDeps): RpcHandlers<NextTokensPanelContract> {
  const { engine, places, findModels, reportFault } = deps;
  return {
    'nextTokens/follow': async ({ pinned }, context) => {
      await findModels();
      throwIfAborted(context.signal);
      await places.pin(pinned, context.signal);
      return followUntilAborted(
        context,
        () => places.state(),
        (listener) => places.subscribe(listener),
      );
    },
    'nextTokens/predict': async ({ digest, mode, branch, topCount }, { signal }) => {
      const { folder, prompt } = places.promptOf(digest);
      const context = { kind: mode, prompt };
      try {
        return await engine.call('nextTokens/predict', { folder, context, branch, topCount }, { signal });
      } catch (error) {
        const fault = GlassboxError.from(error);
        if (isModelFault(fault)) reportFault(folder, fault);
        throw fault;
      }
    },
    'nextTokens/insert': ({ digest, text }) => places.insert(digest, text),
    'nextTokens/reveal': async ({ digest }) => {
      await places.reveal(digest);
      return null;
    },
  };
}
