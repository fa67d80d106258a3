import { GlassboxError } from '../../core/errors.js';
import type { EngineClient } from '../../protocol/engineContract.js';
import type {
  EditorPart,
  EditorSnapshot,
  TokenizationLabContract,
} from '../../protocol/panels/tokenizationLabContract.js';
import type { RpcHandlers } from '../../protocol/rpcContract.js';
import { followUntilAborted, type Subscribe } from '../panels/followUntilAborted.js';

/** What the lab's answers are made of. */
export interface TokenizationLabDeps {
  readonly engine: EngineClient;
  /** Folder of the model that completes; undefined when there is none. */
  readonly activeModel: () => Promise<string | undefined>;
  /** What the editor holds now. */
  readonly readEditor: (part: EditorPart) => EditorSnapshot;
  /** Told when {@link readEditor} would give something else. */
  readonly onDidChangeEditor: Subscribe;
}

/** Answers the page of the tokenization lab. */
export function tokenizationLabHandlers(deps: TokenizationLabDeps): RpcHandlers<TokenizationLabContract> {
  const { engine, activeModel, readEditor, onDidChangeEditor } = deps;
  return {
    'lab/follow': ({ part }, context) => followUntilAborted(context, () => readEditor(part), onDidChangeEditor),
    'lab/encode': async ({ text }, { signal }) => {
      const folder = await activeModel();
      if (folder === undefined) throw new GlassboxError('model-not-found', 'No usable model was found.');
      const spans = await engine.call('tokens/encode', { folder, text }, { signal });
      return {
        ids: Uint32Array.from(spans, ({ id }) => id),
        ends: Uint32Array.from(spans, ({ end }) => end),
      };
    },
  };
}
