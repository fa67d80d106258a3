import type { ExplainedToken, ExplainTarget } from '../../core/explain/explainedTokens.js';
import type { FittedPrompt } from '../../core/prompt/fittedPrompt.js';
import type { PromptMemory } from '../../core/memory/promptMemory.js';
import { composed, type ComposedPrompt, type PromptComposer } from '../../core/prompt/promptComposer.js';
import { mostLikely } from '../../core/sampling/mostLikely.js';
import { decodeUtf8 } from '../../core/text/utf8.js';
import { Utf8Offsets } from '../../core/text/utf8Offsets.js';
import { ForcedPrefix } from '../../core/tokenizer/forcedPrefix.js';
import type { TextTokenizer } from '../../core/tokenizer/textTokenizer.js';
import type { TokenPrefixIndex } from '../../core/tokenizer/tokenPrefixIndex.js';
import type { TokenTable } from '../../core/tokenizer/tokenTable.js';
import type { HealedPrompt } from '../decoding/healedPrompt.js';
import type { ContinuationReader } from './continuationReader.js';
import { RememberedTokens } from './rememberedTokens.js';
import { placeTarget } from './targetTokens.js';

/** What scoring is done with. */
export interface TargetScorerOptions {
  readonly tokenizer: TextTokenizer;
  readonly index: TokenPrefixIndex;
  readonly composer: PromptComposer;
}

/** What is to be told about each token. */
export interface ScoreOptions {
  /** Likeliest tokens to list in each place. */
  readonly alternativeCount: number;
  /** What is remembered around a prompt; undefined when nothing is to be told about it. */
  readonly around: (composed: ComposedPrompt, healed: HealedPrompt) => PromptMemory | undefined;
}

/** A text's tokens after one prompt. */
export interface ScoredTarget {
  readonly tokens: readonly ExplainedToken[];
  readonly healedTokenCount: number;
  /** Tokens given to the model. */
  readonly readTokenCount: number;
}

/** Where a token stands, in bytes and UTF-16 units from the cursor. */
interface TokenPlace {
  readonly start: number;
  readonly end: number;
}

/** Scores texts as the model sees them after a prompt, letters that token healing took off the prompt included. */
export class TargetScorer {
  readonly #options: TargetScorerOptions;
  readonly #reader: ContinuationReader;

  constructor(options: TargetScorerOptions, reader: ContinuationReader) {
    this.#options = options;
    this.#reader = reader;
  }

  /** @throws GlassboxError `context-too-long`, `cancelled`. */
  async score(
    fitted: FittedPrompt,
    target: ExplainTarget,
    { alternativeCount, around }: ScoreOptions,
  ): Promise<ScoredTarget> {
    const { tokenizer, index, composer } = this.#options;
    const { table } = tokenizer;
    const whole = composed(composer.pieces(fitted));
    const { healed, ids } = placeTarget(whole, target, tokenizer, index);
    const places = placesOf(ids, table, healed.forcedBytes, target.text);
    const forced = new ForcedPrefix(index, healed.forcedBytes);
    const memory = around(whole, healed);
    const remembered = memory && new RememberedTokens(memory, table, healed.forcedBytes.length);
    const tokens: ExplainedToken[] = [];
    const visit = (position: number, logits: Float32Array): void => {
      const row = logits.subarray(0, table.size);
      const id = ids[position]!;
      const place = places[position]!;
      const allowed = forced.allowedIds();
      const { remainingBytes: forcedBytes } = forced;
      forced.accept(id);
      tokens.push({
        ...describe(id, row, table),
        ...place,
        rank: rankOf(id, row),
        allowedLogProb: allowed === undefined ? 0 : logSumExp(row, allowed),
        alternatives: mostLikely(row, alternativeCount).map((other) => describe(other, row, table)),
        ...(remembered && { remembered: remembered.next(id, row, { forcedBytes, allowed }) }),
        counts: countsFrom(place, target.from),
      });
    };
    const readTokenCount = await this.#reader.read(healed.prompt, ids, visit);
    return { tokens, healedTokenCount: whole.tail.length - healed.keptTailCount, readTokenCount };
  }
}

/** A token with a part at or after `from` counts; one inside a character counts where that character starts. */
function countsFrom({ start, end }: TokenPlace, from: number): boolean {
  return end > from || (start === end && start >= from);
}

function describe(id: number, row: Float32Array, table: TokenTable): { id: number; text: string; logProb: number } {
  return { id, text: table.textOf(id), logProb: row[id] ?? -Infinity };
}

function rankOf(id: number, row: Float32Array): number {
  const own = row[id] ?? -Infinity;
  let rank = 1;
  for (let other = 0; other < row.length; other++) {
    const logProb = row[other]!;
    if (logProb > own || (logProb === own && other < id)) rank++;
  }
  return rank;
}

function logSumExp(row: Float32Array, ids: Uint32Array): number {
  let largest = -Infinity;
  for (const id of ids) largest = Math.max(largest, row[id]!);
  if (largest === -Infinity) return -Infinity;
  let sum = 0;
  for (const id of ids) sum += Math.exp(row[id]! - largest);
  return largest + Math.log(sum);
}

function placesOf(
  ids: readonly number[],
  table: TokenTable,
  forcedBytes: Uint8Array,
  text: string,
): readonly TokenPlace[] {
  const offsets = new Utf8Offsets(text);
  const unitAt = (byte: number): number =>
    byte >= 0 ? offsets.utf16At(byte) : -decodeUtf8(forcedBytes.subarray(forcedBytes.length + byte)).length;
  let byte = -forcedBytes.length;
  return ids.map((id) => {
    const start = unitAt(byte);
    byte += table.bytesOf(id).length;
    return { start, end: unitAt(byte) };
  });
}
