import { lineAllowance, promptBudget, type PromptBudget } from './promptBudget.js';
import type { ContextChunk, PromptParts } from './promptParts.js';
import type { PromptTokens } from './promptTokens.js';
import { prefixCut } from './prefixCut.js';
import { SegmentedEncoder, type EncodeText } from './segmentedEncoder.js';
import { tailFrom } from './windowText.js';

/** A prompt as token ids, in two pieces: `[...stable, ...tail]`. */
export interface ComposedPrompt {
  /** Everything that stays the same while the current line is typed. */
  readonly stable: readonly number[];
  /** Tokens of `tailText`. */
  readonly tail: readonly number[];
  /** The text that ends at the cursor and may be healed: the current line, or its end when it is very long. */
  readonly tailText: string;
}

/** An overlong line loses its start in steps of this many characters, so that the cut stays put between keystrokes. */
const lineCutCharacters = 256;

/** An overlong line is first cut to this many characters per token of its budget; most lines then fit. */
const lineCharactersPerToken = 6;

/** No tokenizer makes less of a text than one token for this many characters; what is longer is cut before encoding. */
const charactersPerToken = 32;

/**
 * Turns the parts of a prompt into token ids.
 *
 * Models that fill in the middle get `<path>{path}\n`, `<chunk>{path}\n{code}` for each chunk, `<prefix>{prefix}`,
 * `<suffix>{suffix}`, `<middle>{current line}`; this is also what the bundled model saw in training. Others get path-less
 * plain text: prefix and current line. Every part is encoded on its own as plain text, so that no text of the user becomes a
 * control token and the ids of one part do not depend on the next. What does not fit is cut: chunks are left out whole,
 * the suffix loses its end, the path its beginning, the prefix its beginning at a line that stays put (see
 * {@link prefixCut}), a current line longer than half of the budget its beginning.
 */
export class PromptComposer {
  readonly #encode: EncodeText;
  readonly #encoder: SegmentedEncoder;
  readonly #tokens: PromptTokens;
  readonly #budget: PromptBudget;
  #last: { readonly parts: PromptParts; readonly allowance: number; readonly stable: readonly number[] } | undefined;

  /**
   * @param encode the tokenizer, for plain text.
   * @param contextLength tokens that the model can hold.
   */
  constructor(encode: EncodeText, tokens: PromptTokens, contextLength: number) {
    this.#encode = encode;
    this.#encoder = new SegmentedEncoder(encode);
    this.#tokens = tokens;
    this.#budget = promptBudget(contextLength);
  }

  /** The prompt for the given parts; never longer than seven eighths of the context. */
  compose(parts: PromptParts): ComposedPrompt {
    if (this.#tokens.infill === undefined) return this.#composeLeftToRight(parts);
    const { tail, tailText } = this.#encodeLine(parts.currentLine);
    return { stable: this.#infillStable(parts, lineAllowance(tail.length, this.#budget)), tail, tailText };
  }

  /** Only the current line changes with most keystrokes, so the rest is kept as long as its texts are the same. */
  #infillStable(parts: PromptParts, allowance: number): readonly number[] {
    if (this.#last?.allowance === allowance && hasSameContext(this.#last.parts, parts)) return this.#last.stable;
    const { prefix, suffix, middle } = this.#tokens.infill!;
    const head = [...this.#header(parts.path), ...this.#chunks(parts.chunks)];
    const after = this.#encoder.encode(parts.suffix.slice(0, this.#budget.suffix * charactersPerToken));
    after.length = Math.min(after.length, this.#budget.suffix);
    const room = this.#budget.total - head.length - after.length - allowance - 3;
    const cut = prefixCut(parts.prefix, parts.prefixStartLine, room, (lines) => this.#encoder.encode(lines).length);
    const before = lastOf(this.#encoder.encode(parts.prefix.slice(cut)), room);
    const stable = [...head, prefix, ...before, suffix, ...after, middle];
    this.#last = { parts, allowance, stable };
    return stable;
  }

  #composeLeftToRight(parts: PromptParts): ComposedPrompt {
    const line = this.#encodeLine(parts.currentLine);
    const room = this.#budget.total - lineAllowance(line.tail.length, this.#budget) - 1;
    const cut = prefixCut(parts.prefix, parts.prefixStartLine, room, (lines) => this.#encoder.encode(lines).length);
    // The line break before the current line may share a token with its indentation, so both are encoded together.
    const segments = this.#encoder.split(parts.prefix.slice(cut) + line.tailText);
    const tailText = segments.pop() ?? '';
    return {
      stable: [this.#tokens.endOfText, ...this.#encoder.encode(segments.join(''))],
      tail: this.#encode(tailText),
      tailText,
    };
  }

  #header(path: string): readonly number[] {
    if (path === '' || this.#tokens.path === undefined) return [];
    const ids = this.#encoder.encode(`${path.slice(-this.#budget.header * charactersPerToken)}\n`);
    return [this.#tokens.path, ...lastOf(ids, this.#budget.header - 1)];
  }

  #chunks(chunks: readonly ContextChunk[]): number[] {
    const ids: number[] = [];
    if (this.#tokens.chunk === undefined) return ids;
    for (const { path, text } of chunks) {
      const lineBreak = text.endsWith('\n') ? '' : '\n';
      const chunk = this.#encoder.encode(`${path}\n${text}${lineBreak}`);
      if (ids.length + chunk.length + 1 > this.#budget.chunks) break;
      ids.push(this.#tokens.chunk);
      for (const id of chunk) ids.push(id);
    }
    return ids;
  }

  #encodeLine(line: string): { readonly tail: readonly number[]; readonly tailText: string } {
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
}

function lastOf(ids: readonly number[], count: number): readonly number[] {
  return ids.slice(Math.max(0, ids.length - Math.max(0, count)));
}

function hasSameContext(left: PromptParts, right: PromptParts): boolean {
  return (
    left.prefix === right.prefix &&
    left.suffix === right.suffix &&
    left.path === right.path &&
    left.prefixStartLine === right.prefixStartLine &&
    left.chunks.length === right.chunks.length &&
    left.chunks.every(
      (chunk, index) => chunk.path === right.chunks[index]!.path && chunk.text === right.chunks[index]!.text,
    )
  );
}
