import { readFileSync } from 'node:fs';
import path from 'node:path';
import * as tokenizers from '@huggingface/tokenizers';
import { decodeUtf8, encodeUtf8 } from '../../../src/core/text/utf8.js';
import { byteAlphabet } from '../../../src/core/tokenizer/byteAlphabet.js';
import { TextTokenizer, type TextTokenizerOptions } from '../../../src/core/tokenizer/textTokenizer.js';
import type { TokenizerLibrary, TokenizerLibraryFactory } from '../../../src/core/tokenizer/tokenizerLibrary.js';

const root = path.resolve(import.meta.dirname, '../../..');

/** The library's tokenizer with the two methods that only tests call. */
export interface ReferenceTokenizer extends TokenizerLibrary {
  encode(text: string, options: { add_special_tokens: boolean }): { ids: number[]; tokens: string[] };
  decode(ids: readonly number[], options: { clean_up_tokenization_spaces: boolean }): string;
}

// The library's declarations import each other without extensions, which this module resolution cannot follow.
const { Tokenizer } = tokenizers as unknown as {
  Tokenizer: new (tokenizer: object, config: object) => ReferenceTokenizer;
};

/** What the engine passes in. */
export const createLibrary: TokenizerLibraryFactory = (json, config) => new Tokenizer(json, config);

/** The library's own tokenizer: what ids are compared with. */
export function referenceTokenizer(json: object, config: object = {}): ReferenceTokenizer {
  return new Tokenizer(json, config);
}

/** Ids by the library's own `encode`, which is given what UTF-8 can hold of the text. */
export function referenceIds(reference: ReferenceTokenizer, text: string): number[] {
  return reference.encode(decodeUtf8(encodeUtf8(text)), { add_special_tokens: false }).ids;
}

/** Our tokenizer over a tokenizer file. */
export function textTokenizer(json: object, config: object = {}, options: TextTokenizerOptions = {}): TextTokenizer {
  return new TextTokenizer(json, config, createLibrary, options);
}

/** The tokenizer of the bundled code model: byte-level BPE with 8,192 tokens. */
export function bundledTokenizerJson(): TokenizerJson {
  return readTokenizerJson('models/code');
}

/** A tokenizer that Hugging Face's own trainer made. */
export function trainedTokenizerJson(name: 'wordpiece' | 'unigram'): TokenizerJson {
  return readTokenizerJson(`test/fixtures/tokenizers/${name}`);
}

function readTokenizerJson(folder: string): TokenizerJson {
  return JSON.parse(readFileSync(path.join(root, folder, 'tokenizer.json'), 'utf8')) as TokenizerJson;
}

/** A parsed `tokenizer.json`. */
export interface TokenizerJson {
  readonly added_tokens: readonly AddedTokenJson[];
  readonly normalizer: object | null;
  readonly pre_tokenizer: object | null;
  readonly post_processor: object | null;
  readonly decoder: object | null;
  readonly model: object;
}

interface AddedTokenJson {
  readonly id: number;
  readonly content: string;
  readonly special?: boolean;
  readonly normalized?: boolean;
  readonly lstrip?: boolean;
  readonly rstrip?: boolean;
}

const special = (id: number, content: string): AddedTokenJson => ({ id, content, special: true, normalized: false });

/** Byte-level BPE over all bytes with a few merges, GPT-2's pre-tokenizer, and the options of a test. */
export function smallByteLevel(options: Partial<TokenizerJson> & { addPrefixSpace?: boolean } = {}): TokenizerJson {
  const { addPrefixSpace = false, ...parts } = options;
  const merges = ['r e', 're t', 'u r', 'ur n', 'ret urn', 'Ġ return', 'i n', 'in g', 'Ġ Ġ', 'ĠĠ ĠĠ', '( )'];
  const vocab = Object.fromEntries(byteAlphabet.map((character, byte) => [character, byte]));
  for (const [index, merge] of merges.entries()) vocab[merge.replace(' ', '')] = 256 + index;
  return {
    added_tokens: [special(300, '<|endoftext|>'), special(301, '<|fim_middle|>')],
    normalizer: null,
    pre_tokenizer: { type: 'ByteLevel', add_prefix_space: addPrefixSpace, use_regex: true },
    post_processor: null,
    decoder: { type: 'ByteLevel' },
    model: { type: 'BPE', vocab, merges, unk_token: null },
    ...parts,
  };
}

/** BERT's WordPiece with a few pieces; everything else is `[UNK]`. */
export function smallWordPiece(normalizer: object = {}): TokenizerJson {
  const pieces =
    '[PAD] [UNK] [CLS] [SEP] [MASK] un ##aff ##able re ##turn cafe ##s const x 한 ##국 漢 字 ( ) . , = ! a ##a ##b';
  return {
    added_tokens: ['[PAD]', '[UNK]', '[CLS]', '[SEP]', '[MASK]'].map((content, id) => special(id, content)),
    normalizer: {
      type: 'BertNormalizer',
      clean_text: true,
      handle_chinese_chars: true,
      strip_accents: null,
      lowercase: true,
      ...normalizer,
    },
    pre_tokenizer: { type: 'BertPreTokenizer' },
    post_processor: null,
    decoder: { type: 'WordPiece', prefix: '##', cleanup: false },
    model: {
      type: 'WordPiece',
      unk_token: '[UNK]',
      continuing_subword_prefix: '##',
      max_input_chars_per_word: 100,
      vocab: Object.fromEntries(pieces.split(' ').map((piece, id) => [piece, id])),
    },
  };
}

/** SentencePiece's Unigram as in XLM-RoBERTa: precompiled normalisation, runs of blanks joined, `▁` in front. */
export function smallUnigram(parts: Partial<TokenizerJson> = {}): TokenizerJson {
  const pieces = [
    '▁',
    'a',
    'b',
    'e',
    'r',
    't',
    'u',
    'n',
    '▁re',
    'turn',
    '▁return',
    'fi',
    '한',
    '국',
    '(',
    ')',
    '가',
    'σ',
    's',
  ];
  return {
    added_tokens: [special(0, '<s>'), special(1, '</s>'), special(2, '<unk>')],
    normalizer: {
      type: 'Sequence',
      normalizers: [
        { type: 'Precompiled', precompiled_charsmap: null },
        { type: 'Replace', pattern: { Regex: ' {2,}' }, content: ' ' },
      ],
    },
    pre_tokenizer: { type: 'Metaspace', replacement: '▁', prepend_scheme: 'always' },
    post_processor: null,
    decoder: { type: 'Metaspace', replacement: '▁', prepend_scheme: 'always' },
    model: {
      type: 'Unigram',
      unk_id: 2,
      vocab: [
        ['<s>', 0],
        ['</s>', 0],
        ['<unk>', 0],
        ...pieces.map((piece, index) => [piece, -2 - index / 8 - piece.length]),
      ],
    },
    ...parts,
  };
}

/** Llama's form of BPE: blanks as `▁`, and one token per byte for what the vocabulary lacks. */
export function smallByteFallback(): TokenizerJson {
  const bytes = Array.from({ length: 256 }, (_, byte) => `<0x${byte.toString(16).toUpperCase().padStart(2, '0')}>`);
  const merges = ['▁ r', 'e t', '▁r et', 'u r', 'ur n', '▁ret urn'];
  const letters = ['▁', 'r', 'e', 't', 'u', 'n', '(', ')', 'a', 'b'];
  const tokens = ['<unk>', '<s>', '</s>', ...bytes, ...letters, ...merges.map((merge) => merge.replace(' ', ''))];
  return {
    added_tokens: [special(0, '<unk>'), special(1, '<s>'), special(2, '</s>')],
    normalizer: {
      type: 'Sequence',
      normalizers: [
        { type: 'Prepend', prepend: '▁' },
        { type: 'Replace', pattern: { String: ' ' }, content: '▁' },
      ],
    },
    pre_tokenizer: null,
    post_processor: null,
    decoder: null,
    model: {
      type: 'BPE',
      unk_token: '<unk>',
      fuse_unk: true,
      byte_fallback: true,
      vocab: Object.fromEntries(tokens.map((token, id) => [token, id])),
      merges,
    },
  };
}
