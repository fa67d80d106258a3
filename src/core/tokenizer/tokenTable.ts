import { decodeUtf8, encodeUtf8 } from '../text/utf8.js';
import { bytesOfByteLevelToken } from './byteAlphabet.js';
import { controlTokenIds } from './controlTokens.js';
import { tokenizerKind, vocabularyEntries, type TokenizerFile, type TokenizerKind } from './tokenizerFile.js';

const noBytes = new Uint8Array(0);

/** How SentencePiece writes a space. */
const metaspace = '\u2581';

/** How SentencePiece writes a byte of a character that is not in the vocabulary. */
const byteFallback = /^<0x([0-9A-F]{2})>$/;

/**
 * What every token id stands for, as bytes: the ground on which generated text, alternatives and token healing are
 * built. Ids run from 0 to `size - 1`; ids without a token are treated like control tokens without text.
 */
export class TokenTable {
  readonly kind: TokenizerKind;
  /** One more than the highest id. The model's logits may be longer (padding) and must then be cut to this length. */
  readonly size: number;
  readonly #names: readonly (string | undefined)[];
  /** Bytes of all tokens in id order; token `id` has those from `offsets[id]` to `offsets[id + 1]`. */
  readonly #bytes: Uint8Array;
  readonly #offsets: Uint32Array;
  /** 1 for control tokens and ids without a token. */
  readonly #control: Uint8Array;
  readonly #controlIds = new Map<string, number>();
  readonly #continuationPrefix: string;

  /** @throws GlassboxError `tokenizer-unsupported` for models other than BPE, WordPiece and Unigram. */
  constructor(file: TokenizerFile) {
    this.kind = tokenizerKind(file);
    const names = namesById(file);
    const addedIds = new Set(file.added_tokens.map((token) => token.id));
    const controlIds = controlTokenIds(file);
    this.#continuationPrefix = file.model.continuing_subword_prefix ?? '##';
    this.#names = names;
    this.size = names.length;
    this.#control = new Uint8Array(names.length);
    this.#offsets = new Uint32Array(names.length + 1);
    const parts: Uint8Array[] = [];
    let length = 0;
    for (let id = 0; id < names.length; id++) {
      const name = names[id];
      if (name === undefined || controlIds.has(id)) {
        this.#control[id] = 1;
        if (name !== undefined) this.#controlIds.set(name, id);
      } else {
        const part = addedIds.has(id) ? encodeUtf8(name) : this.#bytesOfName(name);
        parts.push(part);
        length += part.length;
      }
      this.#offsets[id + 1] = length;
    }
    this.#bytes = concatenate(parts, length);
  }

  /** The vocabulary entry as the tokenizer file writes it; empty when the id has none. */
  nameOf(id: number): string {
    return this.#names[id] ?? '';
  }

  /** Bytes of the text a token stands for; empty for control tokens and unknown ids. */
  bytesOf(id: number): Uint8Array {
    if (id >= this.size) return noBytes;
    return this.#bytes.subarray(this.#offsets[id], this.#offsets[id + 1]);
  }

  /** Text of a token for people: its bytes decoded, U+FFFD where it holds part of a character, a control token's name. */
  textOf(id: number): string {
    return this.isSpecial(id) ? this.nameOf(id) : decodeUtf8(this.bytesOf(id));
  }

  /** True for tokens that steer the model and stand for no text: special tokens, the unknown token, ids without a token. */
  isSpecial(id: number): boolean {
    return this.#control[id] !== 0;
  }

  /** Orders two tokens by their bytes, a beginning of another before it, and tokens of equal bytes by id. */
  compareByBytes(a: number, b: number): number {
    const [bytes, offsets] = [this.#bytes, this.#offsets];
    const aLength = offsets[a + 1]! - offsets[a]!;
    const bLength = offsets[b + 1]! - offsets[b]!;
    for (let index = 0; index < aLength && index < bLength; index++) {
      const difference = bytes[offsets[a]! + index]! - bytes[offsets[b]! + index]!;
      if (difference !== 0) return difference;
    }
    return aLength - bLength || a - b;
  }

  /** True for tokens that stand for one byte of a character that is not in the vocabulary (`<0xE2>`). */
  isByteFallback(id: number): boolean {
    return this.kind === 'metaspace' && byteFallback.test(this.nameOf(id));
  }

  /** A vocabulary entry without the mark (`##`) of pieces that continue a word. */
  withoutContinuationPrefix(name: string): string {
    const isContinuation = this.kind === 'wordpiece' && name.startsWith(this.#continuationPrefix);
    return isContinuation ? name.slice(this.#continuationPrefix.length) : name;
  }

  /** Id of a special token by its exact name, for instance `<|fim_middle|>`; undefined when there is none. */
  specialId(name: string): number | undefined {
    return this.#controlIds.get(name);
  }

  #bytesOfName(name: string): Uint8Array {
    switch (this.kind) {
      case 'byte-level':
        return bytesOfByteLevelToken(name) ?? encodeUtf8(name);
      case 'metaspace': {
        const byte = byteFallback.exec(name)?.[1];
        return byte === undefined ? encodeUtf8(name.replaceAll(metaspace, ' ')) : Uint8Array.of(parseInt(byte, 16));
      }
      case 'wordpiece':
        return encodeUtf8(this.withoutContinuationPrefix(name));
    }
  }
}

function namesById(file: TokenizerFile): (string | undefined)[] {
  const entries = vocabularyEntries(file.model.vocab);
  let size = 0;
  for (const [, id] of entries) size = Math.max(size, id + 1);
  for (const { id } of file.added_tokens) size = Math.max(size, id + 1);
  const names = new Array<string | undefined>(size);
  for (const [token, id] of entries) names[id] = token;
  for (const token of file.added_tokens) names[token.id] = token.content;
  return names;
}

function concatenate(parts: readonly Uint8Array[], length: number): Uint8Array {
  const joined = new Uint8Array(length);
  let offset = 0;
  for (const part of parts) {
    joined.set(part, offset);
    offset += part.length;
  }
  return joined;
}
