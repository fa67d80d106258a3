import { GlassboxError } from '../../core/errors.js';
import type { TokenizerDescription, TokenizerSource } from '../../core/tokenizer/tokenizerSource.js';
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
  /** True for what the user may use here: the page keeps its tokenizers, and trust may have changed since. */
  readonly isAllowed: (source: TokenizerSource) => Promise<boolean>;
  /** What the editor holds now. */
  readonly readEditor: (part: EditorPart | 'nothing') => EditorSnapshot;
  /** Told when {@link readEditor} would give something else. */
  readonly onDidChangeEditor: Subscribe;
  /** Asks the user for a tokenizer that is not among those shown; undefined when none was chosen. */
  readonly pickTokenizer: (shown: readonly TokenizerSource[]) => Promise<TokenizerDescription | undefined>;
  readonly copyText: (text: string) => Promise<void>;
}

/** Answers the page of the tokenization lab. */
export function tokenizationLabHandlers(deps: TokenizationLabDeps): RpcHandlers<TokenizationLabContract> {
  const { engine, activeModel, isAllowed, readEditor, onDidChangeEditor, pickTokenizer, copyText } = deps;
  const check = async <Params extends { readonly source: TokenizerSource }>(params: Params): Promise<Params> => {
    if (await isAllowed(params.source)) return params;
    throw new GlassboxError('tokenizer-untrusted', 'This tokenizer was not chosen by the user in this workspace.');
  };
  return {
    'lab/follow': ({ part }, context) => followUntilAborted(context, () => readEditor(part), onDidChangeEditor),
    'lab/defaultTokenizers': async () => {
      const folder = await activeModel();
      const model: TokenizerSource[] = folder === undefined ? [] : [{ kind: 'model', folder }];
      return [...model, { kind: 'builtin', name: 'o200k_base' }];
    },
    'lab/pickTokenizer': async ({ shown }) => (await pickTokenizer(shown)) ?? null,
    'lab/copyText': async ({ text }) => {
      await copyText(text);
      return null;
    },
    'tokenizers/describe': async (params, { signal }) =>
      engine.call('tokenizers/describe', await check(params), { signal }),
    'tokenizers/encode': async (params, { signal }) =>
      engine.call('tokenizers/encode', await check(params), { signal }),
    'tokenizers/replay': async (params, { signal }) =>
      engine.call('tokenizers/replay', await check(params), { signal }),
    'tokenizers/renderChat': async (params, { signal }) =>
      engine.call('tokenizers/renderChat', await check(params), { signal }),
  };
}
