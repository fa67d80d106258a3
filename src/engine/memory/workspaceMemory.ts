import type { GenerationRequest } from '../../core/completion/generation.js';
import type { MemoryScope } from '../../core/memory/memoryScope.js';
import { PromptMemory } from '../../core/memory/promptMemory.js';
import { TokenLineBreaks } from '../../core/memory/tokenLineBreaks.js';
import { TokenMemory } from '../../core/memory/tokenMemory.js';
import type { ComposedPrompt } from '../../core/prompt/promptComposer.js';
import type { PromptParts } from '../../core/prompt/promptParts.js';
import type { PromptTokens } from '../../core/prompt/promptTokens.js';
import type { EncodeText } from '../../core/prompt/segmentedEncoder.js';
import type { TextTokenizer } from '../../core/tokenizer/textTokenizer.js';
import type { MemoryState, RememberedFile } from '../../protocol/memoryContract.js';
import type { HealedPrompt } from '../decoding/healedPrompt.js';

/** What is to be written after a prompt. */
type Wanted = {
  readonly prompt: PromptParts;
  readonly memory: MemoryScope;
  readonly stop: Pick<GenerationRequest['stop'], 'singleLine'>;
};

/** The files that one model remembers, as its own tokens. */
export class WorkspaceMemory {
  readonly #files: TokenMemory;
  readonly #tokenizer: TextTokenizer;
  readonly #tokens: PromptTokens;
  readonly #encodePrompt: EncodeText;
  readonly #lineBreaks: TokenLineBreaks;

  /** @param encodePrompt encodes the texts of prompts, which are mostly the same from key to key. */
  constructor(tokenizer: TextTokenizer, tokens: PromptTokens, encodePrompt: EncodeText) {
    this.#tokenizer = tokenizer;
    this.#tokens = tokens;
    this.#lineBreaks = new TokenLineBreaks(tokenizer.table);
    this.#files = new TokenMemory(this.#lineBreaks.alike);
    this.#encodePrompt = encodePrompt;
  }

  get state(): MemoryState {
    return { fileCount: this.#files.textCount, tokenCount: this.#files.tokenCount };
  }

  /** Remembers files, or forgets those without a text. */
  remember(files: readonly RememberedFile[]): MemoryState {
    for (const { path, text } of files) {
      if (text === null) this.#files.delete(path);
      else this.#files.set(path, this.#tokenizer.encode(text));
    }
    return this.state;
  }

  /** What is remembered around a prompt; undefined when nothing is to be. */
  around(
    { prompt, memory, stop }: Wanted,
    { tail, tailText }: ComposedPrompt,
    { keptTailCount }: HealedPrompt,
  ): PromptMemory | undefined {
    if (memory === 'off') return undefined;
    const { infill, endOfText } = this.#tokens;
    const endToken = infill === undefined ? undefined : (infill.end ?? endOfText);
    return new PromptMemory({
      prompt,
      tailText,
      tail,
      keptTailCount,
      workspace: memory === 'workspace' ? this.#files : undefined,
      encode: this.#encodePrompt,
      table: this.#tokenizer.table,
      lineBreaks: this.#lineBreaks,
      endToken,
      lineEndToken: stop.singleLine ? endToken : undefined,
    });
  }
}
