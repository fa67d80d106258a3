import type { TokenizerReplay } from '../../core/tokenizer/replay/tokenizerReplay.js';
import type { TextTokenizer } from '../../core/tokenizer/textTokenizer.js';
import type { ControlTokenReading, TokenizerDescription } from '../../core/tokenizer/tokenizerSource.js';
import type { ChatTemplate } from './chatTemplate.js';

/** A tokenizer that was read and can be used. */
export interface OpenTokenizer {
  readonly description: TokenizerDescription;
  readonly chatTemplate: ChatTemplate | undefined;
  /** Ours, with exact places; made when first asked for. */
  textTokenizer(controlTokens: ControlTokenReading): TextTokenizer;
  /** Shows the steps from text to tokens; made when first asked for. */
  replay(controlTokens: ControlTokenReading): TokenizerReplay;
}
