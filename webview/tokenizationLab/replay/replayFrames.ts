import type {
  BpeMerge,
  BpeWord,
  ReplayedSection,
  ReplayedToken,
  ReplayedWord,
  ReplayTrace,
  UnigramWord,
  WordPieceWord,
} from '../../../src/core/tokenizer/replay/replayTrace.js';

/** A symbol of byte pair encoding: which of the first symbols it was made of, half-open, and what it says. */
export interface MergedSymbol {
  readonly start: number;
  readonly end: number;
  readonly symbol: string;
}

/** What a replay shows at one step. */
export type ReplayFrame =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'normalization'; readonly component: string; readonly before: string; readonly after: string }
  | { readonly kind: 'preTokenization'; readonly component: string; readonly words: readonly string[] }
  | { readonly kind: 'added-token'; readonly token: ReplayedToken }
  | {
      readonly kind: 'bpe';
      readonly word: ReplayedWord;
      readonly symbols: readonly MergedSymbol[];
      /** The merge that was just made; undefined at the beginning. */
      readonly merge: BpeMerge | undefined;
      /** How many merges of the word were made. */
      readonly mergesMade: number;
      readonly steps: BpeWord;
    }
  | {
      readonly kind: 'wordpiece';
      readonly word: ReplayedWord;
      readonly steps: WordPieceWord;
      /** The search that goes on, and how many of its tries were made. */
      readonly search: number;
      readonly tries: number;
    }
  | {
      readonly kind: 'unigram';
      readonly word: ReplayedWord;
      readonly steps: UnigramWord;
      /** Places, from the left, whose best score is known. */
      readonly reached: number;
      /** Edges of the best path, from the right, that were walked back. */
      readonly walkedBack: number;
    }
  | { readonly kind: 'tokens'; readonly word: ReplayedWord }
  | { readonly kind: 'end'; readonly trace: ReplayTrace };

/** A replay, step by step: what the text goes through, then each word by itself, then the check. */
export function replayFrames(text: string, trace: ReplayTrace): readonly ReplayFrame[] {
  return [
    { kind: 'text', text },
    ...trace.sections.flatMap((section) => sectionFrames(text, section)),
    { kind: 'end', trace },
  ];
}

function sectionFrames(text: string, section: ReplayedSection): readonly ReplayFrame[] {
  if (section.kind === 'added-token') return [{ kind: 'added-token', token: section.token }];
  let before = text.slice(section.start, section.end);
  const normalization = section.normalization.map(({ component, result }): ReplayFrame => {
    const frame: ReplayFrame = { kind: 'normalization', component, before, after: result };
    before = result;
    return frame;
  });
  const preTokenization = section.preTokenization.map(({ component, result }): ReplayFrame => ({
    kind: 'preTokenization',
    component,
    words: result,
  }));
  return [...normalization, ...preTokenization, ...section.words.flatMap(wordFrames)];
}

function wordFrames(word: ReplayedWord): readonly ReplayFrame[] {
  return [...stepFrames(word), { kind: 'tokens', word }];
}

function stepFrames(word: ReplayedWord): readonly ReplayFrame[] {
  const { steps } = word;
  switch (steps.kind) {
    case 'bpe':
      return bpeFrames(word, steps);
    case 'wordpiece':
      return steps.searches.flatMap(({ tries }, search) =>
        tries.map((_, index): ReplayFrame => ({ kind: 'wordpiece', word, steps, search, tries: index + 1 })),
      );
    case 'unigram':
      return unigramFrames(word, steps);
  }
}

function bpeFrames(word: ReplayedWord, steps: BpeWord): readonly ReplayFrame[] {
  let symbols: readonly MergedSymbol[] = steps.symbols.map((symbol, start) => ({ start, end: start + 1, symbol }));
  const first: ReplayFrame = { kind: 'bpe', word, symbols, merge: undefined, mergesMade: 0, steps };
  const merged = steps.merges.map((merge, made): ReplayFrame => {
    const [left, right] = [symbols[merge.index]!, symbols[merge.index + 1]!];
    const whole = { start: left.start, end: right.end, symbol: merge.left + merge.right };
    symbols = [...symbols.slice(0, merge.index), whole, ...symbols.slice(merge.index + 2)];
    return { kind: 'bpe', word, symbols, merge, mergesMade: made + 1, steps };
  });
  return [first, ...merged];
}

function unigramFrames(word: ReplayedWord, steps: UnigramWord): readonly ReplayFrame[] {
  const forward = Array.from({ length: steps.characters.length + 1 }, (_, reached): ReplayFrame => ({
    kind: 'unigram',
    word,
    steps,
    reached,
    walkedBack: 0,
  }));
  const back = steps.bestPath.map((_, index): ReplayFrame => ({
    kind: 'unigram',
    word,
    steps,
    reached: steps.characters.length,
    walkedBack: index + 1,
  }));
  return [...forward, ...back];
}
