import { tokenizerFileName } from '../../core/model/modelCard.js';
import { controlTokenIds, withoutControlTokens } from '../../core/tokenizer/controlTokens.js';
import { createFileReplay } from '../../core/tokenizer/replay/fileReplay.js';
import type { TokenizerReplay } from '../../core/tokenizer/replay/tokenizerReplay.js';
import { TextTokenizer } from '../../core/tokenizer/textTokenizer.js';
import {
  parseTokenizerFile,
  tokenizerKind,
  vocabularyEntries,
  type TokenizerFile,
} from '../../core/tokenizer/tokenizerFile.js';
import type {
  ControlTokenReading,
  TokenizerAlgorithm,
  TokenizerDescription,
  TokenizerSource,
} from '../../core/tokenizer/tokenizerSource.js';
import { ChatTemplate } from './chatTemplate.js';
import { createLibraryTokenizer, libraryFactory } from './libraryTokenizer.js';
import type { OpenTokenizer } from './openTokenizer.js';
import { parseTokenizerConfig, parseTokenizerJson } from './parseTokenizerJson.js';
import type { TokenizerFiles } from './tokenizerFiles.js';

/** More are of no use to a reader. */
const mostControlTokens = 256;

const algorithms: Readonly<Record<string, TokenizerAlgorithm>> = {
  BPE: 'bpe',
  WordPiece: 'wordpiece',
  Unigram: 'unigram',
};

/** A tokenizer of the Hugging Face format. */
export class FileTokenizer implements OpenTokenizer {
  readonly description: TokenizerDescription;
  readonly chatTemplate: ChatTemplate | undefined;
  readonly #file: TokenizerFile;
  readonly #config: object;
  readonly #tokenizers = new Map<ControlTokenReading, TextTokenizer>();
  readonly #replays = new Map<ControlTokenReading, TokenizerReplay>();

  /** @throws GlassboxError `tokenizer-unsupported`, saying what is not. */
  constructor(source: TokenizerSource, files: TokenizerFiles) {
    this.#file = parseTokenizerFile(parseTokenizerJson(files.tokenizer, tokenizerFileName));
    this.#config = parseTokenizerConfig(files.config);
    this.chatTemplate = ChatTemplate.read(this.#config, files.chatTemplate);
    this.description = {
      ...describeFile(this.#file),
      source,
      name: files.name,
      hasChatTemplate: this.chatTemplate !== undefined,
    };
    // What the library cannot do is said now and not with the first text.
    this.textTokenizer('text');
  }

  textTokenizer(controlTokens: ControlTokenReading): TextTokenizer {
    let tokenizer = this.#tokenizers.get(controlTokens);
    if (tokenizer === undefined) {
      tokenizer = new TextTokenizer(this.#file, this.#config, libraryFactory, { controlTokens });
      this.#tokenizers.set(controlTokens, tokenizer);
    }
    return tokenizer;
  }

  replay(controlTokens: ControlTokenReading): TokenizerReplay {
    let replay = this.#replays.get(controlTokens);
    if (replay === undefined) {
      const file = controlTokens === 'text' ? withoutControlTokens(this.#file) : this.#file;
      const library = createLibraryTokenizer(file, this.#config);
      replay = createFileReplay(file, this.#config, libraryFactory, (text) => {
        return library.encode(text, { add_special_tokens: false }).ids;
      });
      this.#replays.set(controlTokens, replay);
    }
    return replay;
  }
}

function describeFile(
  file: TokenizerFile,
): Pick<TokenizerDescription, 'algorithm' | 'coversAllText' | 'vocabularySize' | 'controlTokens'> {
  const kind = tokenizerKind(file);
  const names = new Map<number, string>(vocabularyEntries(file.model.vocab).map(([name, id]) => [id, name]));
  for (const { id, content } of file.added_tokens) names.set(id, content);
  const controlIds = [...controlTokenIds(file)].sort((a, b) => a - b).slice(0, mostControlTokens);
  let vocabularySize = 0;
  for (const id of names.keys()) vocabularySize = Math.max(vocabularySize, id + 1);
  return {
    algorithm: algorithms[file.model.type ?? ''] ?? 'bpe',
    coversAllText: kind === 'byte-level' || file.model.byte_fallback === true,
    vocabularySize,
    controlTokens: controlIds.map((id) => ({ id, name: names.get(id) ?? '' })),
  };
}
