import { hasSameContext, type FittedPrompt, type PromptPiece } from './fittedPrompt.js';
import type { PromptParts } from './promptParts.js';
import type { PromptTokens } from './promptTokens.js';
import { chunkText, PromptFitter } from './promptFitter.js';
import { SegmentedEncoder, type EncodeText } from './segmentedEncoder.js';

/** A prompt as token ids, in two pieces: `[...stable, ...tail]`. */
export interface ComposedPrompt {
  /** Everything that stays the same while the current line is typed. */
  readonly stable: readonly number[];
  /** Tokens of `tailText`. */
  readonly tail: readonly number[];
  /** The text that ends at the cursor and may be healed: the current line, or its end when it is very long. */
  readonly tailText: string;
}

/**
 * Turns the parts of a prompt into token ids.
 *
 * Models that fill in the middle get `<path>{path}\n`, `<chunk>{path}\n{code}` for each chunk, `<prefix>{prefix}`,
 * `<suffix>{suffix}`, `<middle>{current line}`; when their card asks for it (see {@link nearStart}), the last lines of the
 * prefix follow the suffix as `<prefix>{near lines}`, what is empty has no token, and the line break before the current line
 * stands after the middle token, where models know best what a line begins with. Others get path-less plain text: prefix and current line. Every part is encoded on its own as plain text, so that no text of the user becomes a
 * control token and the ids of one part do not depend on the next. What does not fit is cut, see {@link PromptFitter}.
 */
export class PromptComposer {
  readonly #encode: EncodeText;
  readonly #encoder: SegmentedEncoder;
  readonly #tokens: PromptTokens;
  readonly #fitter: PromptFitter;
  #last:
    | {
        readonly parts: PromptParts;
        readonly allowance: number;
        readonly lineBreak: string;
        readonly stable: readonly number[];
      }
    | undefined;

  /**
   * @param encode the tokenizer, for plain text.
   * @param contextLength tokens that the model can hold.
   */
  constructor(encode: EncodeText, tokens: PromptTokens, contextLength: number) {
    this.#encode = encode;
    this.#encoder = new SegmentedEncoder(encode);
    this.#tokens = tokens;
    this.#fitter = new PromptFitter(encode, this.#encoder, tokens, contextLength);
  }

  /** The prompt for the given parts; never longer than seven eighths of the context. */
  compose(parts: PromptParts): ComposedPrompt {
    const { tail, tailText, lineBreak } = this.#fitter.fitLine(parts);
    const allowance = this.#fitter.allowanceFor(tail.length);
    if (this.#tokens.infill === undefined) {
      const context = this.#fitter.fitContext(parts, allowance);
      return composed(this.#leftToRight({ ...context, lineBreak, currentLine: tailText }));
    }
    // Only the current line changes with most keystrokes, so the rest is kept as long as its texts are the same.
    const last = this.#last;
    if (last?.allowance !== allowance || last.lineBreak !== lineBreak || !hasSameContext(last.parts, parts)) {
      const stable = idsOf(this.#contextPieces({ ...this.#fitter.fitContext(parts, allowance), lineBreak }));
      this.#last = { parts, allowance, lineBreak, stable };
      return { stable, tail, tailText };
    }
    return { stable: last.stable, tail, tailText };
  }

  /** Token ids of a text; those of pieces that were in a prompt are remembered. */
  encode(text: string): number[] {
    return this.#encoder.encode(text);
  }

  /** What of the parts the model gets: the first half of {@link compose}, the second is {@link pieces}. */
  fit(parts: PromptParts): FittedPrompt {
    const { tail, tailText, lineBreak } = this.#fitter.fitLine(parts);
    const context = this.#fitter.fitContext(parts, this.#fitter.allowanceFor(tail.length));
    return { ...context, lineBreak, currentLine: tailText.slice(lineBreak.length) };
  }

  /** The prompt piece by piece; the last piece is the text that may be healed. Cuts nothing, whatever the length. */
  pieces(fitted: FittedPrompt): readonly PromptPiece[] {
    if (this.#tokens.infill === undefined) return this.#leftToRight(fitted);
    const text = fitted.lineBreak + fitted.currentLine;
    return [...this.#contextPieces(fitted), { kind: 'current-line', ids: this.#encode(text), text }];
  }

  #contextPieces(fitted: Omit<FittedPrompt, 'currentLine'>): readonly PromptPiece[] {
    const { middle, suffix } = this.#tokens.infill!;
    const [pathToken, ...path] = this.#fitter.headerIds(fitted.path);
    const after = this.#encoder.encode(fitted.suffix);
    return [
      ...(pathToken === undefined ? [] : [control(pathToken), { kind: 'path', ids: path, text: fitted.path } as const]),
      ...fitted.chunks.flatMap((chunk) => this.#chunkPieces(chunkText(chunk))),
      ...this.#prefixPieces('prefix', fitted),
      control(suffix),
      { kind: 'suffix', ids: after.slice(0, after.length - fitted.suffixDroppedTokens), text: fitted.suffix },
      ...this.#prefixPieces('near-prefix', fitted),
      control(middle),
    ];
  }

  /** One of the two parts of the prefix, with its token; an empty one has none, unless the other is empty as well. */
  #prefixPieces(
    kind: 'prefix' | 'near-prefix',
    { prefix, nearStart, prefixDroppedTokens, lineBreak }: Omit<FittedPrompt, 'currentLine'>,
  ): readonly PromptPiece[] {
    const end = prefix.length - lineBreak.length;
    const [far, near] = [prefix.slice(0, Math.min(nearStart, end)), prefix.slice(nearStart, end)];
    const text = kind === 'prefix' ? far : near;
    if (text === '' && (kind === 'near-prefix' || near !== '')) return [];
    const farTokens = this.#encoder.encode(far);
    const dropped = kind === 'prefix' ? prefixDroppedTokens : Math.max(0, prefixDroppedTokens - farTokens.length);
    const ids = kind === 'prefix' ? farTokens : this.#encoder.encode(near);
    return [control(this.#tokens.infill!.prefix), { kind, ids: ids.slice(dropped), text }];
  }

  #chunkPieces(text: string): readonly PromptPiece[] {
    const { chunk } = this.#tokens;
    return chunk === undefined ? [] : [control(chunk), { kind: 'chunk', ids: this.#encoder.encode(text), text }];
  }

  #leftToRight({ prefix, currentLine }: FittedPrompt): readonly PromptPiece[] {
    // The line break before the current line may share a token with its indentation, so both are encoded together.
    const segments = this.#encoder.split(prefix + currentLine);
    const tailText = segments.pop() ?? '';
    const text = segments.join('');
    return [
      control(this.#tokens.endOfText),
      { kind: 'prefix', ids: this.#encoder.encode(text), text },
      { kind: 'current-line', ids: this.#encode(tailText), text: tailText },
    ];
  }
}

/** A prompt of pieces, of which the last may be healed. */
export function composed(pieces: readonly PromptPiece[]): ComposedPrompt {
  const tail = pieces.at(-1);
  return { stable: idsOf(pieces.slice(0, -1)), tail: tail?.ids ?? [], tailText: tail?.text ?? '' };
}

function control(id: number): PromptPiece {
  return { kind: 'control', ids: [id], text: '' };
}

function idsOf(pieces: readonly PromptPiece[]): number[] {
  const ids: number[] = [];
  for (const piece of pieces) for (const id of piece.ids) ids.push(id);
  return ids;
}
