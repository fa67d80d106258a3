import { GlassboxError } from '../../core/errors.js';
import type { EngineContext, EngineContract, EngineHandlers, EngineMethod } from '../../protocol/engineContract.js';

/**
 * Handlers that wait for the real ones, so that requests are answered also when those cannot be made (no native library
 * for this machine, say): then each is answered with the reason.
 */
export function deferHandlers(ready: Promise<EngineHandlers>): EngineHandlers {
  const loaded = ready.catch((error: unknown) => {
    throw unavailable(error);
  });
  // Nobody may have asked yet; the failure is the answer to whoever does.
  loaded.catch(() => undefined);

  function defer<K extends EngineMethod>(method: K) {
    return async (
      params: EngineContract[K]['params'],
      context: EngineContext<EngineContract[K]['progress']>,
    ): Promise<EngineContract[K]['result']> => (await loaded)[method](params, context);
  }

  return {
    'models/scan': defer('models/scan'),
    'models/verify': defer('models/verify'),
    'models/load': defer('models/load'),
    'models/unload': defer('models/unload'),
    'completion/generate': defer('completion/generate'),
    'completion/prefill': defer('completion/prefill'),
    'tokens/encode': defer('tokens/encode'),
    'tokenizers/list': defer('tokenizers/list'),
    'tokenizers/describe': defer('tokenizers/describe'),
    'tokenizers/encode': defer('tokenizers/encode'),
    'tokenizers/replay': defer('tokenizers/replay'),
    'tokenizers/renderChat': defer('tokenizers/renderChat'),
    'scores/score': defer('scores/score'),
    'scores/compare': defer('scores/compare'),
    'nextTokens/predict': defer('nextTokens/predict'),
    'embeddings/embed': defer('embeddings/embed'),
    'memory/remember': defer('memory/remember'),
    'explain/suggestion': defer('explain/suggestion'),
    'explain/occlude': defer('explain/occlude'),
    'engine/state': defer('engine/state'),
  };
}

function unavailable(error: unknown): GlassboxError {
  if (GlassboxError.is(error)) return error;
  const [firstLine = ''] = String(error instanceof Error ? error.message : error).split('\n');
  const machine = `${process.platform}-${process.arch}`;
  return new GlassboxError(
    'engine-unavailable',
    `ONNX Runtime does not load on this machine (${machine}): ${firstLine}`,
    {
      action: 'Install the Glassbox package that was made for this platform.',
      cause: error,
    },
  );
}
