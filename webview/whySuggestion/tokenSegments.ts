import type { ExplainedToken } from '../../src/core/explain/explainedTokens.js';
import { chosenLogProb, isMostlyRemembered } from '../../src/core/explain/rememberedShare.js';
import { GraphemeBoundaries } from '../../src/core/text/graphemes.js';

/** The smallest run of tokens that ends no character halfway: what is drawn and chosen as one. */
export interface TokenSegment {
  readonly text: string;
  readonly tokens: readonly ExplainedToken[];
  /** Log-probability with which all of them were chosen, given what was typed. */
  readonly logProb: number;
  /** False for what the user typed. */
  readonly counts: boolean;
  /** True when any of them that counts comes mostly from memory. */
  readonly isRemembered: boolean;
}

/**
 * Joins tokens until each run shows whole characters (an emoji or a Hangul syllable may be several tokens).
 *
 * @param text what the tokens spell after the cursor.
 */
export function tokenSegments(tokens: readonly ExplainedToken[], text: string): readonly TokenSegment[] {
  const boundaries = new GraphemeBoundaries(text);
  const segments: TokenSegment[] = [];
  let run: ExplainedToken[] = [];
  for (const [index, token] of tokens.entries()) {
    run.push(token);
    const isLast = index === tokens.length - 1;
    const isInside = token.start === token.end || !boundaries.isBoundary(Math.max(0, token.end));
    if (isInside && !isLast) continue;
    segments.push(segmentOf(run, text));
    run = [];
  }
  return segments;
}

function segmentOf(tokens: readonly ExplainedToken[], text: string): TokenSegment {
  const [first, last] = [tokens[0]!, tokens.at(-1)!];
  // What stands left of the cursor is not in the text: the token itself says it.
  const spelled = first.start < 0 ? tokens.map((token) => token.text).join('') : text.slice(first.start, last.end);
  return {
    text: spelled === '' ? tokens.map((token) => token.text).join('') : spelled,
    tokens,
    logProb: tokens.reduce((sum, token) => sum + chosenLogProb(token), 0),
    counts: tokens.some((token) => token.counts),
    isRemembered: tokens.some((token) => token.counts && isMostlyRemembered(token)),
  };
}

/** How sure the choice was, from 0 (nearly certain) to 4 (one in a hundred, or less). */
export function doubt(logProb: number): 0 | 1 | 2 | 3 | 4 {
  const steps = doubtLimits.filter((limit) => Math.exp(logProb) < limit).length;
  return steps as 0 | 1 | 2 | 3 | 4;
}

/** Probabilities below which a token has doubt 1, 2, 3 and 4; also what the legend says. */
export const doubtLimits = [0.9, 0.5, 0.1, 0.01] as const;
