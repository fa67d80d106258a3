import type { Clock } from '../../core/clock.js';
import type {
  GeneratedToken,
  GenerationProgress,
  GenerationRequest,
  GenerationResult,
  StopReason,
  TokenAlternative,
} from '../../core/completion/generation.js';
import { chooseToken } from '../../core/sampling/chooseToken.js';
import { mostLikely } from '../../core/sampling/mostLikely.js';
import { createRandom } from '../../core/sampling/random.js';
import type { PromptMemory, RememberedRow } from '../../core/memory/promptMemory.js';
import { ForcedPrefix } from '../../core/tokenizer/forcedPrefix.js';
import type { TokenPrefixIndex } from '../../core/tokenizer/tokenPrefixIndex.js';
import type { TokenTable } from '../../core/tokenizer/tokenTable.js';
import type { DecoderSession } from './decoderSession.js';
import { GeneratedText } from './generatedText.js';
import { findTextStop } from './stopRule.js';

/** What is needed to continue a prompt. */
export interface GenerationInput {
  readonly decoder: DecoderSession;
  readonly index: TokenPrefixIndex;
  /** Token ids of the prompt, what was healed away not included; at least one. */
  readonly prompt: readonly number[];
  /** Bytes that the text must begin with, because token healing took them off the prompt. */
  readonly forcedBytes: Uint8Array;
  /** What else may come next; undefined when the model is asked alone. */
  readonly memory: PromptMemory | undefined;
  readonly request: Pick<GenerationRequest, 'sampling' | 'stop' | 'alternativeCount'>;
  readonly clock: Clock;
  readonly report: (progress: GenerationProgress) => void;
}

/** A result without the stages that lie before the decoder. */
export type DecodedGeneration = Omit<GenerationResult, 'timings'> & {
  readonly timings: Pick<GenerationResult['timings'], 'prefillMs' | 'decodeMs'>;
};

/**
 * The decode loop: reads the prompt, then chooses, streams and appends one token after the other until a stop condition
 * holds. Between two steps the event loop runs, so a cancellation ends it before the next step.
 *
 * @throws GlassboxError `cancelled`, `context-too-long`.
 */
export async function generate(input: GenerationInput, signal: AbortSignal): Promise<DecodedGeneration> {
  const { decoder, index, prompt, forcedBytes, memory, request, clock, report } = input;
  const started = clock.now();
  const prefill = await decoder.prefill(prompt, signal);
  const decodeStarted = clock.now();
  const isGreedy = request.sampling.temperature <= 0;
  const random = createRandom(request.sampling.seed);
  const forced = new ForcedPrefix(index, forcedBytes);
  const text = new GeneratedText(forcedBytes);
  const ids: number[] = [];
  let { logProbs } = prefill;
  let end: { readonly reason: StopReason; readonly length?: number } | undefined;
  while (end === undefined) {
    const row = logProbs.subarray(0, index.table.size);
    const likeliest = mostLikely(row, Math.max(1, request.alternativeCount));
    const allowed = forced.allowedIds();
    const written = { generated: ids, text: text.text, forcedBytes: forced.remainingBytes, allowed };
    const remembered = memory?.mix(row, written);
    const distribution = remembered?.mixture.logProbs ?? row;
    const candidates = isGreedy ? likeliestOfBoth(likeliest, remembered) : undefined;
    const id = chooseToken(distribution, request.sampling, random, allowed ?? candidates);
    if (index.table.isSpecial(id)) {
      end = { reason: 'end-of-text' };
      break;
    }
    forced.accept(id);
    ids.push(id);
    const alternatives = likeliest.slice(0, request.alternativeCount);
    const token = describeToken(id, alternatives, row, index.table, remembered);
    text.push(token, index.table.bytesOf(id));
    const current = text.text;
    end = findTextStop(current, request.stop);
    report({ text: current.slice(0, end?.length), tokenCount: text.tokenCount });
    end ??= outerLimit(text.tokenCount, clock.now() - decodeStarted, request, decoder.isFull);
    if (end === undefined) logProbs = await decoder.step(id, signal);
  }
  return {
    ...text.finish(end.length),
    stopReason: end.reason,
    promptTokenCount: prompt.length,
    reusedTokenCount: prefill.reusedTokenCount,
    timings: { prefillMs: decodeStarted - started, decodeMs: clock.now() - decodeStarted },
  };
}

/** The only tokens that can be the likeliest: searching the whole vocabulary again costs a twentieth of a step. */
function likeliestOfBoth(ofModel: readonly number[], remembered: RememberedRow | undefined): Uint32Array {
  return Uint32Array.from([...ofModel, ...(remembered?.mixture.rememberedTokens ?? [])]);
}

function outerLimit(
  tokenCount: number,
  elapsedMs: number,
  { stop }: Pick<GenerationRequest, 'stop'>,
  isFull: boolean,
): { readonly reason: StopReason } | undefined {
  if (tokenCount >= stop.maxNewTokens) return { reason: 'max-tokens' };
  if (elapsedMs >= stop.deadlineMs) return { reason: 'deadline' };
  return isFull ? { reason: 'context-full' } : undefined;
}

/** The chosen token with the model's own probability, untouched by temperature and forcing, and what stood beside it. */
function describeToken(
  id: number,
  alternatives: readonly number[],
  row: Float32Array,
  table: TokenTable,
  remembered: RememberedRow | undefined,
): GeneratedToken {
  const describe = (other: number): TokenAlternative => ({
    id: other,
    text: table.textOf(other),
    logProb: row[other]!,
  });
  return {
    ...describe(id),
    alternatives: alternatives.map(describe),
    ...(remembered !== undefined && { remembered: remembered.describe(id) }),
  };
}
