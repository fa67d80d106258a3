import { logProbGivenTyped, type ExplainedToken } from './explainedTokens.js';

/** From this share on a token comes mostly from memory. */
const mostly = 0.5;

/** Smaller shares are as good as none. */
const leastShare = 0.01;

/** Lines of a file that memory went on like, half-open, from 0. */
export interface RememberedLines {
  readonly path: string;
  readonly start: number;
  readonly end: number;
}

/** Where the counted tokens of a text come from. */
export interface RememberedSummary {
  /** Tokens that count, and those of them that come mostly from memory. */
  readonly tokenCount: number;
  readonly rememberedCount: number;
  /** Whether memory had a part in any of them that is worth naming. */
  readonly hasShare: boolean;
  /** The lines that the remembered tokens go on like, in the order of the text; neighbouring lines of a file are joined. */
  readonly lines: readonly RememberedLines[];
}

/** Log-probability with which a token was chosen: by model and memory together where memory was asked, else by the model. */
export function chosenLogProb(token: ExplainedToken): number {
  return token.remembered?.logProb ?? logProbGivenTyped(token);
}

/** {@link chosenLogProb} of the tokens that count, from the given one on, in nats. */
export function chosenLogProbOf(tokens: readonly ExplainedToken[], firstToken = 0): number {
  return tokens.slice(firstToken).reduce((sum, token) => (token.counts ? sum + chosenLogProb(token) : sum), 0);
}

/** True for a token that comes mostly from memory. */
export function isMostlyRemembered({ remembered }: Pick<ExplainedToken, 'remembered'>): boolean {
  return remembered !== undefined && remembered.share >= mostly;
}

/** Sums up what memory had to do with a text; undefined where it was not asked. */
export function summarizeRemembered(tokens: readonly ExplainedToken[]): RememberedSummary | undefined {
  const counted = tokens.filter(({ counts }) => counts);
  if (!tokens.some(({ remembered }) => remembered !== undefined)) return undefined;
  const remembered = counted.filter(isMostlyRemembered);
  return {
    tokenCount: counted.length,
    rememberedCount: remembered.length,
    hasShare: counted.some((token) => (token.remembered?.share ?? 0) >= leastShare),
    lines: joinedLines(remembered),
  };
}

function joinedLines(tokens: readonly ExplainedToken[]): readonly RememberedLines[] {
  const joined: RememberedLines[] = [];
  for (const { remembered } of tokens) {
    if (remembered?.place === undefined) continue;
    const { path, line } = remembered.place;
    const index = joined.findIndex((lines) => lines.path === path && line >= lines.start - 1 && line <= lines.end);
    const lines = joined[index];
    if (lines === undefined) joined.push({ path, start: line, end: line + 1 });
    else joined[index] = { path, start: Math.min(lines.start, line), end: Math.max(lines.end, line + 1) };
  }
  return joined;
}
