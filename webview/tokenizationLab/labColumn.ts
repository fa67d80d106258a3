import { type ScriptCost, scriptCostsOf, type TokenCost, tokenCostOf } from '../../src/core/tokenizer/tokenCost.js';
import type { TokenColumns } from '../../src/core/tokenizer/tokenColumns.js';
import { segmentTokens, type TokenSegments } from '../../src/core/tokenizer/tokenSegments.js';
import type { TokenizerDescription, TokenizerSource } from '../../src/core/tokenizer/tokenizerSource.js';

/** What a tokenizer made of a text. */
export interface ColumnTokens {
  readonly tokens: TokenColumns;
  readonly segments: TokenSegments;
  readonly cost: TokenCost;
  /** What the scripts of the text cost; those that do not occur are left out. */
  readonly scripts: readonly ScriptCost[];
}

/** One tokenizer among those compared. */
export interface LabColumn {
  readonly source: TokenizerSource;
  /** Equal for equal sources. */
  readonly key: string;
  /** For people; the file's or encoding's name until the tokenizer has been opened. */
  readonly name: string;
  readonly description: TokenizerDescription | undefined;
  /** Undefined until it answered for the text that is shown. */
  readonly result: ColumnTokens | undefined;
  /** Why it has no result, a sentence. */
  readonly problem: string | undefined;
}

/** Takes apart what the host answered. */
export function columnTokens(text: string, tokens: TokenColumns): ColumnTokens {
  return {
    tokens,
    segments: segmentTokens(text, tokens),
    cost: tokenCostOf(text, tokens),
    scripts: scriptCostsOf(text, tokens),
  };
}

/** What to call a tokenizer of which nothing is known yet. */
export function provisionalName(source: TokenizerSource): string {
  switch (source.kind) {
    case 'builtin':
      return source.name;
    case 'model':
      return lastPart(source.folder);
    case 'file':
      return lastPart(source.path);
  }
}

function lastPart(path: string): string {
  return path.split(/[/\\]/).findLast((part) => part !== '') ?? path;
}
