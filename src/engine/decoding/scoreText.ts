import { encodeUtf8 } from '../../core/text/utf8.js';
import type { TextScore, TokenSpan } from '../../core/tokenizer/tokenSpan.js';
import type { DecoderSession } from './decoderSession.js';

/** What is needed to score a text. */
export interface ScoreInput {
  readonly decoder: DecoderSession;
  /** Tokens of the text. */
  readonly spans: readonly TokenSpan[];
  readonly text: string;
  /** Token that stands between documents; the first token is scored given this one alone. */
  readonly startToken: number;
  readonly contextLength: number;
}

/**
 * Log-probability of every token given the tokens before it. A text longer than the context is read in windows that
 * advance by half of it, so every token but the first ones is scored with at least half a context before it. Bits per
 * byte are exact: the sum over all tokens of -log2 p, divided by the UTF-8 bytes of the text; 0 for an empty text.
 *
 * @throws GlassboxError `cancelled` between runs.
 */
export async function scoreText(input: ScoreInput, signal: AbortSignal): Promise<TextScore> {
  const logProbs = await tokenLogProbs(input, signal);
  const sum = logProbs.reduce((total, logProb) => total + logProb, 0);
  const byteCount = encodeUtf8(input.text).length;
  return {
    bitsPerByte: byteCount === 0 ? 0 : -sum / Math.LN2 / byteCount,
    perplexity: logProbs.length === 0 ? 1 : Math.exp(-sum / logProbs.length),
    tokens: input.spans.map((span, index) => ({ ...span, logProb: logProbs[index]! })),
  };
}

async function tokenLogProbs(input: ScoreInput, signal: AbortSignal): Promise<number[]> {
  const { decoder, spans, startToken, contextLength } = input;
  const ids = [startToken, ...spans.map((span) => span.id)];
  const logProbs: number[] = [];
  const stride = Math.floor(contextLength / 2);
  for (let start = 0; logProbs.length < spans.length; start += stride) {
    // What comes after the last token is not asked, so the window holds one token less than the text up to its end.
    const window = ids.slice(start, Math.min(start + contextLength, ids.length - 1));
    const visit = (index: number, row: Float32Array): void => {
      const predicted = start + index + 1;
      if (predicted > logProbs.length) logProbs.push(row[ids[predicted]!]!);
    };
    await decoder.visitLogProbs(window, visit, signal);
  }
  return logProbs;
}
