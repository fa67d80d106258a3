import type { FittedPrompt, PromptPiece, PromptPieceKind } from '../prompt/fittedPrompt.js';
import type { PromptParts } from '../prompt/promptParts.js';
import { countLineBreaks } from '../text/lineEnds.js';

/** One part of a prompt as the model got it. */
export interface PromptLayoutPart {
  readonly kind: PromptPieceKind;
  /** The control token's name, the chunk's path, else empty. */
  readonly name: string;
  readonly tokenCount: number;
  /** What the tokens are of; the name again for a control token. */
  readonly text: string;
}

/** What the budget left out; lengths in UTF-16 units. */
export interface PromptCut {
  readonly prefixLines: number;
  readonly prefixLength: number;
  readonly suffixLength: number;
  readonly chunks: number;
  readonly currentLineLength: number;
  /** True for a model that reads from left to right: it is told no path, no chunk and nothing after the cursor. */
  readonly readsPrefixOnly: boolean;
}

/** A prompt part by part. */
export interface PromptLayout {
  readonly parts: readonly PromptLayoutPart[];
  /** Tokens of the whole prompt, before healing takes some off its end. */
  readonly tokenCount: number;
  /** Tokens that the model can hold. */
  readonly contextLength: number;
  /** Line of the document at which the kept prefix starts. */
  readonly prefixStartLine: number;
  readonly cut: PromptCut;
}

/** What tells a prompt's layout besides its pieces. */
export interface LayoutSources {
  readonly parts: PromptParts;
  readonly fitted: FittedPrompt;
  readonly pieces: readonly PromptPiece[];
  readonly contextLength: number;
  /** Name of a control token. */
  readonly nameOf: (id: number) => string;
  /** UTF-16 units of a text that its first tokens stand for; a character of which they hold only a part does not count. */
  readonly lengthOf: (ids: readonly number[]) => number;
}

/** Describes a prompt. */
export function describePrompt(sources: LayoutSources): PromptLayout {
  const { parts, fitted, pieces, contextLength } = sources;
  const chunkNames = fitted.chunks.map(({ path }) => path);
  const described = pieces.map((piece) => describePiece(piece, sources, chunkNames));
  const readsPrefixOnly = !pieces.some(({ kind }) => kind === 'suffix');
  const keptSuffix = described.find(({ kind }) => kind === 'suffix')?.text ?? '';
  const cutPrefix = parts.prefix.slice(0, parts.prefix.length - fitted.prefix.length);
  return {
    parts: described,
    tokenCount: pieces.reduce((sum, { ids }) => sum + ids.length, 0),
    contextLength,
    prefixStartLine: fitted.prefixStartLine,
    cut: {
      prefixLines: countLineBreaks(cutPrefix),
      prefixLength: cutPrefix.length,
      suffixLength: parts.suffix.length - keptSuffix.length,
      chunks: parts.chunks.length - fitted.chunks.length,
      currentLineLength: parts.currentLine.length - fitted.currentLine.length,
      readsPrefixOnly,
    },
  };
}

function describePiece(
  { kind, ids, text }: PromptPiece,
  { fitted, nameOf, lengthOf }: LayoutSources,
  chunkNames: string[],
): PromptLayoutPart {
  const tokenCount = ids.length;
  if (kind === 'control') {
    const name = nameOf(ids[0]!);
    return { kind, name, tokenCount, text: name };
  }
  if (kind === 'chunk') return { kind, name: chunkNames.shift() ?? '', tokenCount, text };
  const isCut = kind === 'suffix' && fitted.suffixDroppedTokens > 0;
  return { kind, name: '', tokenCount, text: isCut ? text.slice(0, lengthOf(ids)) : text };
}
