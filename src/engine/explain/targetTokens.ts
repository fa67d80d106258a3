import type { ExplainTarget } from '../../core/explain/explainedTokens.js';
import { encodeUtf8 } from '../../core/text/utf8.js';
import type { ComposedPrompt } from '../../core/prompt/promptComposer.js';
import type { TextTokenizer } from '../../core/tokenizer/textTokenizer.js';
import type { TokenPrefixIndex } from '../../core/tokenizer/tokenPrefixIndex.js';
import { healPrompt, unhealedPrompt, type HealedPrompt } from '../decoding/healedPrompt.js';

/** The tokens of a text, and the prompt that they follow. */
export interface PlacedTarget {
  readonly healed: HealedPrompt;
  /** They begin with the healed bytes. */
  readonly ids: readonly number[];
}

/**
 * Decides with which tokens a text follows a prompt: those that the model wrote, when they spell it; else those that the
 * tokenizer makes of the line and the text together, after what healing leaves of the line. Should those disagree with the
 * line's own tokens, the text is encoded by itself after the whole line. A last token that goes beyond the text belongs
 * to it.
 */
export function placeTarget(
  composed: ComposedPrompt,
  { text, ids }: Pick<ExplainTarget, 'text' | 'ids'>,
  tokenizer: TextTokenizer,
  index: TokenPrefixIndex,
): PlacedTarget {
  const healed = healPrompt(composed, tokenizer, index);
  const bytes = [...healed.forcedBytes, ...encodeUtf8(text)];
  const written = spelling(ids, bytes, tokenizer);
  if (written !== undefined) return { healed, ids: written };
  const together = tokenizer.encode(composed.tailText + text);
  const { keptTailCount } = healed;
  const isSameLine = composed.tail.slice(0, keptTailCount).every((id, place) => together[place] === id);
  const rest = isSameLine ? spelling(together.slice(keptTailCount), bytes, tokenizer) : undefined;
  return rest === undefined ? { healed: unhealedPrompt(composed), ids: tokenizer.encode(text) } : { healed, ids: rest };
}

/** As many of the tokens as spell the bytes, the last possibly more; undefined when they spell something else. */
function spelling(
  ids: readonly number[],
  expected: readonly number[],
  { table }: TextTokenizer,
): readonly number[] | undefined {
  let spelled = 0;
  let count = 0;
  for (; spelled < expected.length && count < ids.length; count++) {
    const id = ids[count]!;
    if (id >= table.size || table.isSpecial(id)) return undefined;
    const bytes = table.bytesOf(id);
    const overlap = expected.slice(spelled, spelled + bytes.length);
    if (bytes.length === 0 || !overlap.every((byte, place) => bytes[place] === byte)) return undefined;
    spelled += bytes.length;
  }
  return spelled < expected.length ? undefined : ids.slice(0, count);
}
