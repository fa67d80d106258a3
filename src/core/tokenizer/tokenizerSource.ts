/** The encodings that come with Glassbox, by the names that OpenAI's tiktoken gave them. */
export const builtinTokenizerNames = ['gpt2', 'cl100k_base', 'o200k_base'] as const;

/** One of {@link builtinTokenizerNames}. */
export type BuiltinTokenizerName = (typeof builtinTokenizerNames)[number];

/**
 * Where a tokenizer comes from. `builtin`: an encoding that is part of Glassbox. `model`: the folder of a model with a
 * card; its files must have the card's hashes. `file`: any `tokenizer.json`, or a folder that holds one.
 */
export type TokenizerSource =
  | { readonly kind: 'builtin'; readonly name: BuiltinTokenizerName }
  | { readonly kind: 'model'; readonly folder: string }
  | { readonly kind: 'file'; readonly path: string };

/** True for the name of an encoding that comes with Glassbox. */
export function isBuiltinTokenizerName(name: string): name is BuiltinTokenizerName {
  return (builtinTokenizerNames as readonly string[]).includes(name);
}

/** A text that is equal for equal sources and different for others, to be used as a key. */
export function tokenizerSourceKey(source: TokenizerSource): string {
  switch (source.kind) {
    case 'builtin':
      return `builtin:${source.name}`;
    case 'model':
      return `model:${source.folder}`;
    case 'file':
      return `file:${source.path}`;
  }
}

/** How a tokenizer makes tokens of a word. */
export type TokenizerAlgorithm = 'bpe' | 'wordpiece' | 'unigram';

/** What is known of a tokenizer without giving it a text. */
export interface TokenizerDescription {
  readonly source: TokenizerSource;
  /** For people: the encoding's or the model's name, the file's folder. */
  readonly name: string;
  readonly algorithm: TokenizerAlgorithm;
  /** True when characters that have no token are written as bytes, so that no text is unknown. */
  readonly coversAllText: boolean;
  /** One more than the highest id, added tokens included. */
  readonly vocabularySize: number;
  /** Tokens that steer a model, such as `<|endoftext|>`, in the order of their ids; at most 256 of them. */
  readonly controlTokens: readonly { readonly id: number; readonly name: string }[];
  readonly hasChatTemplate: boolean;
}

/** A tokenizer of a list: its description, or why it cannot be used. */
export type ListedTokenizer =
  | { readonly kind: 'usable'; readonly description: TokenizerDescription }
  | {
      readonly kind: 'broken';
      readonly source: TokenizerSource;
      readonly name: string;
      readonly problem: { readonly message: string; readonly action: string | undefined };
    };

/** `text`: the letters of a control token are ordinary text. `recognized`: they become that token. */
export type ControlTokenReading = 'text' | 'recognized';
