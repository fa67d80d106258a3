import type { TextTokenizer } from '../../core/tokenizer/textTokenizer.js';
import type { ControlTokenReading, TokenizerDescription } from '../../core/tokenizer/tokenizerSource.js';
import type { ChatTemplate } from './chatTemplate.js';

/** A tokenizer that was read and can be used. */
export interface OpenTokenizer {
  readonly description: TokenizerDescription;
  readonly chatTemplate: ChatTemplate | undefined;
  /** Ours, with exact places; made when first asked for. */
  textTokenizer(controlTokens: ControlTokenReading): TextTokenizer;
  /** Ids by the library's own way from a well-formed text to ids, without ours. */
  libraryIds(text: string, controlTokens: ControlTokenReading): readonly number[];
}
