import { countLineBreaks } from '../text/lineEnds.js';
import type { FittedLine, FittedPrompt } from './fittedPrompt.js';
import { nearStart } from './nearLines.js';
import { prefixCut } from './prefixCut.js';
import { lineAllowance, promptBudget, type PromptBudget } from './promptBudget.js';
import type { ContextChunk, PromptParts } from './promptParts.js';
import type { PromptTokens } from './promptTokens.js';
import type { EncodeText, SegmentedEncoder } from './segmentedEncoder.js';
import { tailFrom } from './windowText.js';

/** Two before prefix and near lines, one before the suffix, one after; and one more for the place where lines are parted. */
const controlTokens = 5;

/** What is left of the context parts when the current line has its share. */
export type FittedContext = Omit<FittedPrompt, 'currentLine' | 'lineBreak'>;

/** An overlong line loses its start in steps of this many characters, so that the cut stays put between keystrokes. */
const lineCutCharacters = 256;

/** An overlong line is first cut to this many characters per token of its budget; most lines then fit. */
const lineCharactersPerToken = 6;

/** No tokenizer makes less of a text than one token for this many characters; what is longer is cut before encoding. */
const charactersPerToken = 32;

/**
 * Cuts the parts of a prompt to the budget of a model: chunks are left out whole, the suffix loses its end, the path its
 * beginning, the prefix its beginning at a line that stays put (see {@link prefixCut}), a current line longer than half
 * of the budget its beginning.
 */
export class PromptFitter {
  readonly #encode: EncodeText;
  readonly #encoder: SegmentedEncoder;
  readonly #tokens: PromptTokens;
  readonly #budget: PromptBudget;

  /** @param contextLength tokens that the model can hold. */
  constructor(encode: EncodeText, encoder: SegmentedEncoder, tokens: PromptTokens, contextLength: number) {
    this.#encode = encode;
    this.#encoder = encoder;
    this.#tokens = tokens;
    this.#budget = promptBudget(contextLength);
  }

  /** The current line and its tokens. */
  fitLine({ prefix, currentLine }: Pick<PromptParts, 'prefix' | 'currentLine'>): FittedLine {
    const hasNearLines = (this.#tokens.infill?.nearLines ?? 0) > 0;
    const lineBreak = hasNearLines && prefix !== '' ? '\n' : '';
    const whole = lineBreak + currentLine;
    const fitted = this.#cutLine(whole);
    return { ...fitted, lineBreak: fitted.tailText === whole ? lineBreak : '' };
  }

  #cutLine(line: string): Pick<FittedLine, 'tail' | 'tailText'> {
    const limit = this.#budget.line;
    const excess = line.length - limit * lineCharactersPerToken;
    let start = Math.max(0, Math.ceil(excess / lineCutCharacters)) * lineCutCharacters;
    for (;;) {
      const tailText = tailFrom(line, start);
      const tail = this.#encode(tailText);
      if (tail.length < limit) return { tail, tailText };
      start += lineCutCharacters;
    }
  }

  /** Tokens set aside for a current line of `tokenCount` tokens. */
  allowanceFor(tokenCount: number): number {
    return lineAllowance(tokenCount, this.#budget);
  }

  /** Everything but the current line, for which `allowance` tokens stay free. */
  fitContext(parts: PromptParts, allowance: number): FittedContext {
    const { infill } = this.#tokens;
    if (infill === undefined) {
      const room = this.#budget.total - allowance - 1;
      return {
        path: '',
        chunks: [],
        suffix: '',
        suffixDroppedTokens: 0,
        ...this.#fitPrefix(parts, room),
        prefixDroppedTokens: 0,
      };
    }
    const path = this.#tokens.path === undefined ? '' : parts.path;
    const { chunks, tokenCount: chunkTokens } = this.#fitChunks(parts.chunks);
    const suffix = parts.suffix.slice(0, this.#budget.suffix * charactersPerToken);
    const suffixTokens = this.#encoder.encode(suffix).length;
    const suffixDroppedTokens = Math.max(0, suffixTokens - this.#budget.suffix);
    const head = this.headerIds(path).length + chunkTokens;
    const room = this.#budget.total - head - (suffixTokens - suffixDroppedTokens) - allowance - controlTokens;
    return { path, chunks, suffix, suffixDroppedTokens, ...this.#fitPrefix(parts, room) };
  }

  /** The control token of the path and the path, cut at its beginning. */
  headerIds(path: string): readonly number[] {
    if (path === '' || this.#tokens.path === undefined) return [];
    const ids = this.#encoder.encode(`${path.slice(-this.#budget.header * charactersPerToken)}\n`);
    return [this.#tokens.path, ...ids.slice(Math.max(0, ids.length - (this.#budget.header - 1)))];
  }

  #fitPrefix(
    { prefix, prefixStartLine }: PromptParts,
    room: number,
  ): Pick<FittedPrompt, 'prefix' | 'prefixStartLine' | 'prefixDroppedTokens' | 'nearStart'> {
    const cut = prefixCut(prefix, prefixStartLine, room, (lines) => this.#encoder.encode(lines).length);
    const kept = prefix.slice(cut);
    const startLine = prefixStartLine + countLineBreaks(prefix.slice(0, cut));
    return {
      prefix: kept,
      prefixStartLine: startLine,
      nearStart: nearStart(kept, startLine, this.#tokens.infill?.nearLines ?? 0),
      prefixDroppedTokens: Math.max(0, this.#encoder.encode(kept).length - Math.max(0, room)),
    };
  }

  #fitChunks(chunks: readonly ContextChunk[]): {
    readonly chunks: readonly ContextChunk[];
    readonly tokenCount: number;
  } {
    const kept: ContextChunk[] = [];
    let tokenCount = 0;
    if (this.#tokens.chunk === undefined) return { chunks: kept, tokenCount };
    for (const chunk of chunks) {
      const added = this.#encoder.encode(chunkText(chunk)).length + 1;
      if (tokenCount + added > this.#budget.chunks) break;
      kept.push(chunk);
      tokenCount += added;
    }
    return { chunks: kept, tokenCount };
  }
}

/** A chunk as the model reads it after its control token. */
export function chunkText({ path, text }: ContextChunk): string {
  return `${path}\n${text}${text.endsWith('\n') ? '' : '\n'}`;
}
