import type { ComposedPrompt } from '../../core/prompt/promptComposer.js';
import { findHealingCut } from '../../core/tokenizer/healingCut.js';
import type { TextTokenizer } from '../../core/tokenizer/textTokenizer.js';
import type { TokenPrefixIndex } from '../../core/tokenizer/tokenPrefixIndex.js';

/** A prompt without the tokens that token healing takes off its end. */
export interface HealedPrompt {
  readonly prompt: readonly number[];
  /** Bytes of the tokens taken off: what is generated must begin with them. */
  readonly forcedBytes: Uint8Array;
  /** Tokens of the prompt's tail that stay. */
  readonly keptTailCount: number;
}

/** Takes off a prompt what may have been cut inside a token; see {@link findHealingCut}. */
export function healPrompt(
  { stable, tail, tailText }: ComposedPrompt,
  tokenizer: TextTokenizer,
  index: TokenPrefixIndex,
): HealedPrompt {
  const { keptTokenCount, cutBytes } = findHealingCut(tokenizer.spans(tailText), index);
  return {
    prompt: [...stable, ...tail.slice(0, keptTokenCount)],
    forcedBytes: cutBytes,
    keptTailCount: keptTokenCount,
  };
}

/** The prompt as it is. */
export function unhealedPrompt({ stable, tail }: ComposedPrompt): HealedPrompt {
  return { prompt: [...stable, ...tail], forcedBytes: new Uint8Array(0), keptTailCount: tail.length };
}
