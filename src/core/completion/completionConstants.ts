/**
 * Every number the completion pipeline depends on, in one place, each with its source. "Peer:" names the editor
 * extension in whose published source or description the value was found; "own" says why it was chosen here.
 * Lengths are UTF-16 units, times milliseconds.
 */
export const completionConstants = {
  // Window around the cursor ------------------------------------------------------------------------------------
  /** Text before the current line. Own: about 2,000 tokens at 4 characters each, all a 2,048-token context can hold. */
  prefixCharacters: 8_192,
  /** Text after the cursor. Own: prefix to suffix as 55 % to 12 % of the budget, rounded up for long suffix lines. */
  suffixCharacters: 2_048,
  /** Longer lines are cut to this when they are only context. Own: beyond it stands data, seldom code. */
  contextLineCharacters: 1_000,
  /** Text of the current line left of the cursor. Own: a line this long is minified or data. */
  currentLineCharacters: 2_048,
  /** A longer current line is cut at multiples of this, so that its start stays put while it grows. Own. */
  currentLineStep: 1_024,
  /** Largest step of the window's first line: it moves once in this many new lines, and the KV cache holds in between. Own. */
  windowLineStep: 64,
  /** The step shrinks until the window has at least this many of them, so that rounding costs at most a quarter. Own. */
  windowStepsAtLeast: 4,
  /** The suffix sent last is sent again while less than this share of it changed. Peer: Copilot. */
  stableSuffixChange: 0.1,
  /** Beyond this many line pairs the edit distance is not computed: changed. Own: 1 ms. */
  stableSuffixPairs: 40_000,
  /** Documents whose last suffix is remembered. Own: more than anyone has visible. */
  stableSuffixDocuments: 20,

  // Gate --------------------------------------------------------------------------------------------------------
  /** Several cursors get one answer when this many characters on both sides of each agree. Own. */
  cursorTailCharacters: 8,

  // Cache -------------------------------------------------------------------------------------------------------
  /** Remembered generations. Peers: Copilot 100, llama.vscode and Cody 250. */
  cacheEntries: 200,
  /** Text before the line that must be equal for a generation to be used again. Own: half of the window. */
  keyPrefixCharacters: 4_096,
  /** Line starts tried back from the cursor, for text typed through over line ends. Own: the longest suggestion shown whole. */
  typedThroughLines: 12,

  // Rhythm ------------------------------------------------------------------------------------------------------
  /** Bounds of the delay before the model is asked. Own: peers' lower bound is 100, a local model need not be spared. */
  delayMinMs: 40,
  delayMaxMs: 600,
  /** Mean typing interval is multiplied by this, from the least to the most promising place. Peer: Tabby. */
  delayRateMax: 3,
  delayRateMin: 1.5,
  /** Share of the way from the highest to the lowest rate. Peer: Tabby. */
  contextScoreTriggerCharacter: 0.5,
  contextScoreLineEnd: 0.4,
  contextScoreDocumentEnd: 0.1,
  /** Longer pauses are no typing rhythm. Peer: Tabby. */
  typingIntervalMaxMs: 400,
  /** Intervals needed before their mean counts, intervals kept, and what counts before. Peer: Tabby. */
  typingIntervalsMin: 20,
  typingIntervalsMax: 100,
  typingIntervalDefaultMs: 200,
  /** Generations whose mean duration counts as the model's latency. Own. */
  latencySamples: 20,
  /** The cursor rests when it did not move for this long. Peer: Cody (its preload). */
  cursorRestMs: 150,
  /** A generation that no request waits for is stopped after this. Own: longer than an editor takes from a key to its next request. */
  orphanGraceMs: 300,

  // Generation --------------------------------------------------------------------------------------------------
  /** Tokens for one line. Peer: Copilot 20; half of all lines have under 20 characters, 95 % under 73. */
  singleLineTokens: 24,
  /** Tokens for several lines. Peers: llama.vscode 128, Copilot 200. */
  multiLineTokens: 128,
  /** Time from the first token to the last. Peer: llama.vscode. */
  generationMs: 500,
  /** Alternatives kept for each token, for later views. Own. */
  tokenAlternatives: 5,

  // Post-processing ---------------------------------------------------------------------------------------------
  /** Following text that ends the suggestion wherever it appears in it. Peer: Continue (20 to 30). */
  suffixProbeCharacters: 20,
  /** Part of the rest of the line that the suggestion must repeat to be cut there. Own: shorter happens by chance. */
  restOverlapCharacters: 3,
  /** Lines nearer than this (Levenshtein / length) are the same line written again. Peer: Continue. */
  nearEqualShare: 0.1,
  /** Lines up to this length are never "the same line again". Peer: Continue. */
  trivialLineCharacters: 4,
  /** Longest line compared by Levenshtein distance; longer ones only for equality. Own: 1 ms. */
  nearEqualCharacters: 300,
  /**
   * `[last lexemes, longest period]`: text whose end repeats that way is dropped. Peer: Copilot; own: the second, for one
   * line, in which a small model joins the same condition three times before its tokens are used up.
   */
  repetitions: [
    [10, 1],
    [16, 7],
    [30, 10],
    [45, 20],
    [60, 30],
  ],
  /** A line this often in a row is a loop. Own: three equal lines are written by hand, four are not. */
  repeatedLines: 4,

  // What is kept for "why nothing?" --------------------------------------------------------------------------------
  /** Documents whose outcomes are remembered. Own: more than anyone has visible. */
  outcomeDocuments: 20,
  /** Cursor positions per document whose last outcome is remembered. Own. */
  outcomePositions: 10,
} as const;

/** How the further alternatives are drawn when the user asks for them; the greedy one always comes first. Peer: Copilot's 0.2 to 0.4 for few, more spread for a small model. */
export const alternativeSampling = [
  { temperature: 0.6, topK: 0, topP: 0.95, minP: 0, seed: 1 },
  { temperature: 0.8, topK: 0, topP: 0.95, minP: 0, seed: 2 },
  { temperature: 0.8, topK: 0, topP: 0.95, minP: 0, seed: 3 },
] as const;
