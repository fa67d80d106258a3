import { describe, expect, it } from 'vitest';
import type { ReplayTrace } from '../../../src/core/tokenizer/replay/replayTrace.js';
import { type ReplayFrame, replayFrames } from '../../../webview/tokenizationLab/replay/replayFrames.js';
import { ReplayPlayer } from '../../../webview/tokenizationLab/replay/replayPlayer.js';
import { symbolText } from '../../../webview/tokenizationLab/replay/symbolText.js';
import { ManualClock } from '../../support/manualClock.js';

function trace(section: ReplayTrace['sections'][number]): ReplayTrace {
  const ids = Uint32Array.of(7);
  return { algorithm: 'bpe', sections: [section], ids, libraryIds: ids, agrees: true };
}

const merges = trace({
  kind: 'text',
  start: 0,
  end: 3,
  normalization: [{ component: 'Lowercase', result: 'abc' }],
  preTokenization: [{ component: 'Whitespace', result: ['abc'] }],
  words: [
    {
      word: 'abc',
      tokens: [{ id: 7, name: 'abc' }],
      steps: {
        kind: 'bpe',
        symbols: ['a', 'b', 'c'],
        isTakenWhole: false,
        merges: [
          { index: 1, left: 'b', right: 'c', rank: 3 },
          { index: 0, left: 'a', right: 'bc', rank: 9 },
        ],
      },
    },
  ],
});

describe('replayFrames', () => {
  it('goes from the text through the stages and every merge to the end', () => {
    const frames = replayFrames('ABC', merges);

    expect(frames.map(({ kind }) => kind)).toEqual([
      ...['text', 'normalization', 'preTokenization', 'bpe', 'bpe', 'bpe', 'tokens', 'end'],
    ]);
    expect(frames[1]).toMatchObject({ before: 'ABC', after: 'abc' });
  });

  it('says of each symbol which first symbols it was made of', () => {
    const symbols = replayFrames('ABC', merges)
      .filter((frame): frame is ReplayFrame & { kind: 'bpe' } => frame.kind === 'bpe')
      .map((frame) => frame.symbols.map(({ start, end, symbol }) => `${start}-${end} ${symbol}`));

    expect(symbols).toEqual([['0-1 a', '1-2 b', '2-3 c'], ['0-1 a', '1-3 bc'], ['0-3 abc']]);
  });

  it('shows every try of a greedy match, and a lattice forwards and back', () => {
    const tries = [
      { end: 2, piece: 'ab' },
      { end: 1, piece: 'a' },
    ];
    const wordPiece = {
      word: 'ab',
      tokens: [],
      steps: { kind: 'wordpiece', searches: [{ start: 0, tries, isFound: true }], unknownBecause: undefined },
    } as const;
    const lattice = {
      word: 'ab',
      tokens: [],
      steps: {
        kind: 'unigram',
        characters: ['a', 'b'],
        edges: [{ start: 0, end: 2, id: 1, name: 'ab', score: -1 }],
        bestScores: Float64Array.of(0, -5, -1),
        bestPath: [0],
      },
    } as const;
    const frames = replayFrames(
      'ab',
      trace({ kind: 'text', start: 0, end: 2, normalization: [], preTokenization: [], words: [wordPiece, lattice] }),
    );

    expect(frames.map(({ kind }) => kind)).toEqual([
      ...['text', 'wordpiece', 'wordpiece', 'tokens', 'unigram', 'unigram', 'unigram', 'unigram', 'tokens', 'end'],
    ]);
    expect(frames[7]).toMatchObject({ reached: 2, walkedBack: 1 });
  });
});

describe('ReplayPlayer', () => {
  function player(length: number): { player: ReplayPlayer; clock: ManualClock; positions: number[] } {
    const clock = new ManualClock();
    const positions: number[] = [];
    const made = new ReplayPlayer(clock, 10, () => positions.push(made.position));
    made.load(length);
    return { player: made, clock, positions };
  }

  it('plays one step after the other and stops at the end', async () => {
    const { player: replay, clock } = player(4);

    replay.play();
    const seen: number[] = [];
    for (let step = 0; step < 5; step++) {
      await clock.advance(100);
      seen.push(replay.position);
    }

    expect(seen).toEqual([1, 2, 3, 3, 3]);
    expect(replay.isPlaying).toBe(false);
  });

  it('plays from the beginning when it is at the end', async () => {
    const { player: replay, clock } = player(3);
    replay.goTo(2);

    replay.play();
    await clock.advance(100);

    expect(replay.position).toBe(1);
    expect(replay.isPlaying).toBe(true);
  });

  it('stays where it is put, and within the replay', async () => {
    const { player: replay, clock } = player(3);
    replay.play();

    replay.goTo(9);
    await clock.advance(1000);

    expect(replay.position).toBe(2);
    expect(replay.isPlaying).toBe(false);
    replay.goTo(-1);
    expect(replay.position).toBe(0);
  });

  it('has nothing to play in an empty replay', () => {
    const { player: replay } = player(0);

    replay.play();

    expect(replay.isPlaying).toBe(false);
    expect(replay.position).toBe(0);
  });
});

describe('symbolText', () => {
  it.each([
    ['Ġreturn', true, '·return'],
    ['íķľ', true, '한'],
    ['íķ', true, 'ed 95'],
    ['▁the', false, '▁the'],
    ['Ċĉ', true, '↵→'],
  ])('of %s (byte level: %s) is %s', (symbol, byteLevel, text) => {
    expect(symbolText(symbol, byteLevel)).toBe(text);
  });
});
