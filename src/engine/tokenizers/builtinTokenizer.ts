import { Tiktoken, type TiktokenBPE } from 'js-tiktoken/lite';
import { byteLevelForm } from '../../core/tokenizer/byteAlphabet.js';
import { RankedLibrary } from '../../core/tokenizer/rankedLibrary.js';
import { createRankedReplay } from '../../core/tokenizer/replay/rankedReplay.js';
import type { TokenizerReplay } from '../../core/tokenizer/replay/tokenizerReplay.js';
import { TextTokenizer } from '../../core/tokenizer/textTokenizer.js';
import type { AddedToken } from '../../core/tokenizer/tokenizerFile.js';
import type {
  BuiltinTokenizerName,
  ControlTokenReading,
  TokenizerDescription,
} from '../../core/tokenizer/tokenizerSource.js';
import type { OpenTokenizer } from './openTokenizer.js';

/**
 * An encoding that comes with Glassbox: vocabulary, ranks and pattern are js-tiktoken's. Words are merged by our own
 * code, since the library's takes the square of a word's length; its own ids are what ours are compared with.
 */
export class BuiltinTokenizer implements OpenTokenizer {
  readonly description: TokenizerDescription;
  readonly chatTemplate = undefined;
  readonly #ranks: TiktokenBPE;
  readonly #library: RankedLibrary;
  readonly #file: object;
  readonly #tokenizers = new Map<ControlTokenReading, TextTokenizer>();
  readonly #replays = new Map<ControlTokenReading, TokenizerReplay>();
  readonly #addedTokens: readonly AddedToken[];
  #reference: Tiktoken | undefined;

  constructor(name: BuiltinTokenizerName, ranks: TiktokenBPE) {
    const ids = readRanks(ranks.bpe_ranks);
    const controlTokens = Object.entries(ranks.special_tokens)
      .map(([content, id]) => ({ id, name: content }))
      .sort((a, b) => a.id - b.id);
    this.#ranks = ranks;
    this.#library = new RankedLibrary(ids, ranks.pat_str);
    this.#addedTokens = controlTokens.map(({ id, name: content }) => {
      return { id, content, special: true, lstrip: false, rstrip: false };
    });
    this.#file = {
      added_tokens: this.#addedTokens,
      pre_tokenizer: { type: 'ByteLevel' },
      model: { type: 'BPE', vocab: Object.fromEntries(ids) },
    };
    const vocabularySize = this.textTokenizer('text').table.size;
    const source = { kind: 'builtin', name } as const;
    const facts = { algorithm: 'bpe', coversAllText: true, vocabularySize, hasChatTemplate: false } as const;
    this.description = { source, name, ...facts, controlTokens };
  }

  textTokenizer(controlTokens: ControlTokenReading): TextTokenizer {
    let tokenizer = this.#tokenizers.get(controlTokens);
    if (tokenizer === undefined) {
      const options = { controlTokens, facts: this.#library };
      tokenizer = new TextTokenizer(this.#file, {}, () => this.#library, options);
      this.#tokenizers.set(controlTokens, tokenizer);
    }
    return tokenizer;
  }

  replay(controlTokens: ControlTokenReading): TokenizerReplay {
    let replay = this.#replays.get(controlTokens);
    if (replay === undefined) {
      const reference = (this.#reference ??= new Tiktoken(this.#ranks));
      const allowed = controlTokens === 'recognized' ? 'all' : [];
      const tokens = controlTokens === 'recognized' ? this.#addedTokens : [];
      replay = createRankedReplay(this.#library, tokens, (text) => reference.encode(text, allowed, []));
      this.#replays.set(controlTokens, replay);
    }
    return replay;
  }
}

/** Reads the ranks of an encoding that comes with Glassbox, which are several megabytes and loaded only when asked for. */
export async function loadRanks(name: BuiltinTokenizerName): Promise<TiktokenBPE> {
  switch (name) {
    case 'gpt2':
      return (await import('js-tiktoken/ranks/gpt2')).default;
    case 'cl100k_base':
      return (await import('js-tiktoken/ranks/cl100k_base')).default;
    case 'o200k_base':
      return (await import('js-tiktoken/ranks/o200k_base')).default;
  }
}

/** Lines of `! FIRST-ID TOKEN TOKEN ...`, each token in base64; ids count on from the first. */
function readRanks(lines: string): Map<string, number> {
  const ids = new Map<string, number>();
  for (const line of lines.split('\n')) {
    const [, first, ...tokens] = line.split(' ');
    for (const [index, token] of tokens.entries()) {
      ids.set(byteLevelForm(Buffer.from(token, 'base64')), Number(first) + index);
    }
  }
  return ids;
}
