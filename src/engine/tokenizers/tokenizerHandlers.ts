import { GlassboxError } from '../../core/errors.js';
import {
  builtinTokenizerNames,
  type ListedTokenizer,
  type TokenizerSource,
} from '../../core/tokenizer/tokenizerSource.js';
import type { RpcHandlers } from '../../protocol/rpcContract.js';
import type { TokenizersContract } from '../../protocol/tokenizersContract.js';
import { scanModels } from '../models/scanModels.js';
import { TokenizerStore } from './tokenizerStore.js';

/** Answers every request about tokenizers, one call at a time; knows nothing of deadlines. */
export function createTokenizerHandlers(): RpcHandlers<TokenizersContract> {
  const store = new TokenizerStore();

  async function listed(source: TokenizerSource, name: string): Promise<ListedTokenizer> {
    try {
      const { description } = await store.open(source);
      return { kind: 'usable', description };
    } catch (error) {
      const { message, action } = GlassboxError.from(error);
      return { kind: 'broken', source, name, problem: { message, action } };
    }
  }

  return {
    'tokenizers/list': async ({ roots }) => {
      const list: ListedTokenizer[] = [];
      for (const { name, folder } of await scanModels(roots)) list.push(await listed({ kind: 'model', folder }, name));
      for (const name of builtinTokenizerNames) list.push(await listed({ kind: 'builtin', name }, name));
      return list;
    },
    'tokenizers/describe': async ({ source }) => (await store.open(source)).description,
    'tokenizers/encode': async ({ source, text, controlTokens }) =>
      (await store.open(source)).textTokenizer(controlTokens).columns(text),
    'tokenizers/replay': async ({ source, text, controlTokens }) =>
      (await store.open(source)).replay(controlTokens).replay(text),
    'tokenizers/renderChat': async ({ source, messages, addGenerationPrompt }) => {
      const { chatTemplate, description } = await store.open(source);
      if (chatTemplate === undefined) {
        throw new GlassboxError('tokenizer-unsupported', `The tokenizer ${description.name} has no chat template.`);
      }
      return { text: chatTemplate.render(messages, addGenerationPrompt) };
    },
  };
}
