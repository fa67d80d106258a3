import { readFileSync } from 'node:fs';
import path from 'node:path';
import { Tiktoken } from 'js-tiktoken/lite';
import { median } from '../../../src/cli/bench/statistics.js';
import type { Clock } from '../../../src/core/clock.js';
import { TextTokenizer } from '../../../src/core/tokenizer/textTokenizer.js';
import { BuiltinTokenizer, loadRanks } from '../../../src/engine/tokenizers/builtinTokenizer.js';
import { createLibraryTokenizer, libraryFactory } from '../../../src/engine/tokenizers/libraryTokenizer.js';
import { tokenizingTexts, type TokenizingText } from './tokenizingTexts.js';

/** One tokenizer over one text: Glassbox, offsets included, beside the library's own way to ids alone. */
export interface TokenizingFigure {
  readonly text: string;
  readonly tokenizer: string;
  readonly peer: string;
  /** Millions of UTF-8 bytes a second, medians over the rounds. */
  readonly megabytesPerSecond: number;
  /** Undefined where the peer is not measured. */
  readonly peerMegabytesPerSecond: number | undefined;
  /** Median over the rounds of the peer's time divided by Glassbox's: above 1, Glassbox is faster. */
  readonly ratio: number | undefined;
  /** What the ratio should be at least, when there is such an aim. */
  readonly aim: number | undefined;
}

/** UTF-16 units that the library reads with Unigram; from some 100,000 on it exhausts its stack. */
const unigramLength = 50_000;

interface Pairing {
  readonly tokenizer: string;
  readonly peer: string;
  readonly aim: number | undefined;
  /** Longer texts are cut to so many UTF-16 units; undefined for no end. */
  readonly longest?: number;
  /** Ids and all offsets. */
  readonly own: (text: string) => unknown;
  /** Ids alone. */
  readonly theirs: (text: string) => unknown;
}

/**
 * Measures how fast text becomes tokens. Both sides of a pair take turns in one process, in reversed order every other
 * round, after one round to warm up.
 *
 * @param onStage told what is being measured
 */
export async function measureTokenizing(
  root: string,
  rounds: number,
  clock: Clock,
  onStage: (stage: string) => void,
): Promise<readonly TokenizingFigure[]> {
  const pairings = [
    filePairing(root, 'models/code', 'glassbox-code'),
    filePairing(root, 'test/fixtures/tokenizers/wordpiece', 'WordPiece'),
    { ...filePairing(root, 'test/fixtures/tokenizers/unigram', 'Unigram'), longest: unigramLength },
    await encodingPairing('gpt2'),
    await encodingPairing('o200k_base'),
  ];
  const figures: TokenizingFigure[] = [];
  for (const text of tokenizingTexts(root)) {
    for (const pairing of pairings) {
      onStage(`tokenizing: ${text.name}, ${pairing.tokenizer}`);
      figures.push(measurePair(text, pairing, rounds, clock));
    }
  }
  return figures;
}

function measurePair(
  { name, text: whole, isForAll }: TokenizingText,
  { tokenizer, peer, aim, longest, own, theirs }: Pairing,
  rounds: number,
  clock: Clock,
): TokenizingFigure {
  const text = whole.slice(0, longest);
  const ownMs: number[] = [];
  const peerMs: number[] = [];
  const sides = [{ encode: own, times: ownMs }, ...(isForAll ? [{ encode: theirs, times: peerMs }] : [])];
  for (let round = 0; round <= rounds; round++) {
    for (const { encode, times } of round % 2 === 0 ? sides : sides.toReversed()) {
      const started = clock.now();
      encode(text);
      if (round > 0) times.push(clock.now() - started);
    }
  }
  const kilobytes = Buffer.byteLength(text) / 1000;
  return {
    text: name,
    tokenizer,
    peer,
    megabytesPerSecond: kilobytes / median(ownMs),
    peerMegabytesPerSecond: isForAll ? kilobytes / median(peerMs) : undefined,
    ratio: isForAll ? median(peerMs.map((ms, round) => ms / ownMs[round]!)) : undefined,
    aim: isForAll ? aim : undefined,
  };
}

/** The tokenizer of a folder beside the library that its ids come from. */
function filePairing(root: string, folder: string, name: string): Pairing {
  const json = JSON.parse(readFileSync(path.join(root, folder, 'tokenizer.json'), 'utf8')) as object;
  const tokenizer = new TextTokenizer(json, {}, libraryFactory);
  const library = createLibraryTokenizer(json, {});
  return {
    tokenizer: name,
    peer: '@huggingface/tokenizers',
    aim: 1,
    own: (text) => tokenizer.columns(text),
    theirs: (text) => library.encode(text, { add_special_tokens: false }),
  };
}

async function encodingPairing(name: 'gpt2' | 'o200k_base'): Promise<Pairing> {
  const ranks = await loadRanks(name);
  const tokenizer = new BuiltinTokenizer(name, ranks).textTokenizer('text');
  const library = new Tiktoken(ranks);
  return {
    tokenizer: name,
    peer: 'js-tiktoken',
    aim: undefined,
    own: (text) => tokenizer.columns(text),
    theirs: (text) => library.encode(text, [], []),
  };
}
