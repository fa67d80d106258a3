import type { DecoderCard } from '../model/modelCard.js';

/** How a model is asked to fill in the middle. */
export interface InfillTokens {
  readonly prefix: number;
  readonly suffix: number;
  readonly middle: number;
  /** Ends what is filled in; undefined for models that end it as they end any text. */
  readonly end: number | undefined;
  /** Fewest lines above the cursor that stand after the suffix, behind a second prefix token; 0: prefix, suffix, middle. */
  readonly nearLines: number;
}

/** Ids of the control tokens that prompts are built with; undefined for those a model does not have. */
export interface PromptTokens {
  /** Stands between documents, so a text without context is scored after it. */
  readonly endOfText: number;
  /** All three or none: a model without them writes from left to right and does not see the suffix. */
  readonly infill: InfillTokens | undefined;
  /** Followed by the document's path and a line break. */
  readonly path: number | undefined;
  /** Followed by another file's path, a line break and a piece of its code. */
  readonly chunk: number | undefined;
}

/** A card's token names as ids, or the first name that the tokenizer does not have. */
export type PromptTokensReading =
  | { readonly kind: 'tokens'; readonly tokens: PromptTokens }
  | { readonly kind: 'unknown'; readonly field: string; readonly name: string };

/**
 * Looks up the special tokens that a card names, and how they make a prompt.
 *
 * @param specialId id of a control token of the tokenizer by its exact name.
 */
export function readPromptTokens(
  { specialTokens: names, infill }: Pick<DecoderCard, 'specialTokens' | 'infill'>,
  specialId: (name: string) => number | undefined,
): PromptTokensReading {
  const fields = ['endOfText', 'fimPrefix', 'fimSuffix', 'fimMiddle', 'fimEnd', 'path', 'chunk'] as const;
  const ids: Partial<Record<(typeof fields)[number], number>> = {};
  for (const field of fields) {
    const name = names[field];
    if (name === undefined) continue;
    const id = specialId(name);
    if (id === undefined) return { kind: 'unknown', field: `specialTokens.${field}`, name };
    ids[field] = id;
  }
  const { endOfText = 0, fimPrefix: prefix, fimSuffix: suffix, fimMiddle: middle, fimEnd: end, path, chunk } = ids;
  const hasInfill = prefix !== undefined && suffix !== undefined && middle !== undefined;
  return {
    kind: 'tokens',
    tokens: {
      endOfText,
      infill: hasInfill ? { prefix, suffix, middle, end, nearLines: infill?.nearLines ?? 0 } : undefined,
      path,
      chunk,
    },
  };
}
