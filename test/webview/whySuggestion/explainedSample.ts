import type { ExplainedToken } from '../../../src/core/explain/explainedTokens.js';
import type { RememberedPlace } from '../../../src/core/memory/rememberedToken.js';
import type { WhySnapshot } from '../../../src/protocol/panels/whySuggestionContract.js';

/** A token of the suggestion, after which one other was a fourth as likely. */
export const token = (
  text: string,
  start: number,
  probability: number,
  changes: Partial<ExplainedToken> = {},
): ExplainedToken => {
  const logProb = Math.log(probability);
  return {
    ...{ id: start + 7, text, start, end: start + text.length, logProb, allowedLogProb: 0, rank: 1, counts: true },
    alternatives: [
      { id: start + 7, text, logProb },
      { id: 900, text: 'other', logProb: Math.log(probability / 4) },
    ],
    ...changes,
  };
};

/** A suggestion that the model wrote alone, with everything that can be said about it. */
export const explained: WhySnapshot = {
  subject: {
    state: 'offered',
    fileName: 'tasks.ts',
    line: 10,
    text: 'filter((task) => task.done)',
    modelName: 'Glassbox Code 5M',
    source: 'typed-through',
    time: [
      { stage: 'gate', ms: 0.4 },
      { stage: 'engine-rest', ms: 3.25 },
    ],
    engineTime: [
      { stage: 'tokenize', ms: 2 },
      { stage: 'prefill', ms: 30 },
      { stage: 'decode', ms: 61.7 },
    ],
    candidateCount: 2,
    candidate: 0,
    isVerbatim: false,
  },
  hasNewer: false,
  contrastText: '',
  explanation: {
    kind: 'ready',
    target: '.filter 🙂',
    contrastTarget: '',
    tokens: [
      token('.', 0, 0.99, { counts: false }),
      token('filter', 1, 0.6),
      token(' ', 7, 0.3),
      token('\uFFFD', 8, 0.02, { end: 8 }),
      token('\uFFFD', 8, 0.5, { id: 99, end: 10, rank: 12, alternatives: [] }),
    ],
    contrastTokens: [],
    parts: [
      { kind: 'control', name: '<|path|>', tokenCount: 1, lines: undefined },
      { kind: 'path', name: '', tokenCount: 8, lines: undefined },
      { kind: 'prefix', name: '', tokenCount: 59, lines: { start: 0, end: 10 } },
      { kind: 'suffix', name: '', tokenCount: 3, lines: { start: 11, end: 13 } },
      { kind: 'current-line', name: '', tokenCount: 4, lines: { start: 10, end: 11 } },
    ],
    tokenCount: 75,
    healedTokenCount: 1,
    contextLength: 1024,
    cut: {
      prefixLines: 16,
      prefixLength: 900,
      suffixLength: 40,
      chunks: 0,
      currentLineLength: 0,
      readsPrefixOnly: false,
    },
  },
  occlusion: {
    kind: 'done',
    message: '',
    changes: [
      {
        part: 'prefix',
        place: 6,
        text: '  return tasks.filter((task) => !task.done);',
        lineCount: 1,
        lines: { start: 6, end: 7 },
        change: -7.12,
      },
      { part: 'prefix', place: 2, text: '  done: boolean;', lineCount: 1, lines: { start: 2, end: 3 }, change: 0.9 },
      { part: 'prefix', place: 3, text: '}', lineCount: 2, lines: undefined, change: -0.02 },
      { part: 'path', place: -1, text: 'src/tasks.ts', lineCount: 1, lines: undefined, change: 0.24 },
    ],
    doneRuns: 5,
    totalRuns: 5,
    readTokenCount: 1796,
    isGrouped: true,
  },
  isPainted: true,
};

/** A token that memory had a share in. */
export const remembered = (
  own: ExplainedToken,
  together: number,
  share: number,
  place?: Omit<RememberedPlace, 'source'>,
): ExplainedToken => ({
  ...own,
  remembered: { logProb: Math.log(together), share, place: place && { source: 'workspace', ...place } },
});

/** A place where the same is written. */
export const cart = (line: number, agreement: number, agreementAhead = 0): Omit<RememberedPlace, 'source'> => ({
  path: 'src/cart.ts',
  line,
  agreement,
  agreementAhead,
});

/** The same suggestion, made of other tokens. */
export function withTokens(tokens: readonly ExplainedToken[], target: string): WhySnapshot {
  const { explanation } = explained;
  if (explanation.kind !== 'ready') throw new Error(explanation.kind);
  return { ...explained, explanation: { ...explanation, tokens, target } };
}

/** Tokens with memory: what the model held for unlikely was written in another file. */
export const rememberedTokens = [
  remembered(token('.', 0, 0.99, { counts: false }), 0.99, 0.01),
  remembered(token('filter', 1, 0.6), 0.55, 0.02),
  remembered(token('(', 7, 0.9), 0.93, 0.3, cart(11, 3)),
  remembered(token('zebra', 8, 0.003, { rank: 40, alternatives: [] }), 0.45, 0.99, cart(11, 7)),
  remembered(token('Fold', 13, 0.1, { rank: 4 }), 0.7, 0.86, cart(11, 8)),
  remembered(token(')', 17, 0.2, { rank: 2 }), 0.8, 0.75, cart(12, 9)),
];

/** A suggestion of {@link rememberedTokens}. */
export const withMemory = withTokens(rememberedTokens, '.filter(zebraFold)');
