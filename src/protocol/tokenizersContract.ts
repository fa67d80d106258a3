import type { ModelRoot } from '../core/model/modelDescriptor.js';
import type { ReplayTrace } from '../core/tokenizer/replay/replayTrace.js';
import type { ChatMessage } from '../core/tokenizer/chatMessage.js';
import type { TokenColumns } from '../core/tokenizer/tokenColumns.js';
import type {
  ControlTokenReading,
  ListedTokenizer,
  TokenizerDescription,
  TokenizerSource,
} from '../core/tokenizer/tokenizerSource.js';

/**
 * Requests about tokenizers. They need no model in memory, run beside the models and never wait for one. A
 * tokenizer that takes too long over a text (a hostile regular expression, say) fails with `tokenizer-too-slow`.
 */
export interface TokenizersContract {
  /** The built-in tokenizers and those of the models below the roots; what cannot be used is listed with its problem. */
  'tokenizers/list': {
    params: { readonly roots: readonly ModelRoot[] };
    result: readonly ListedTokenizer[];
    progress: never;
  };
  /** What is known of one tokenizer. */
  'tokenizers/describe': {
    params: { readonly source: TokenizerSource };
    result: TokenizerDescription;
    progress: never;
  };
  /** All tokens of a text with their places. No token is added at the ends. */
  'tokenizers/encode': {
    params: {
      readonly source: TokenizerSource;
      readonly text: string;
      readonly controlTokens: ControlTokenReading;
    };
    result: TokenColumns;
    progress: never;
  };
  /** The steps from a short text to tokens, checked against the library. */
  'tokenizers/replay': {
    params: {
      readonly source: TokenizerSource;
      readonly text: string;
      readonly controlTokens: ControlTokenReading;
    };
    result: ReplayTrace;
    progress: never;
  };
  /** The text that the tokenizer's chat template makes of a conversation; encode it with `controlTokens` recognized. */
  'tokenizers/renderChat': {
    params: {
      readonly source: TokenizerSource;
      readonly messages: readonly ChatMessage[];
      /** True to end where the model is to answer. */
      readonly addGenerationPrompt: boolean;
    };
    result: { readonly text: string };
    progress: never;
  };
}
