import type { TokenizerFile } from '../tokenizerFile.js';
import type { WordPieceSearch, WordPieceWord } from './replayTrace.js';
import type { WordReplay } from './wordReplay.js';

/** As BERT has it; `max_input_chars_per_word` overrides it. */
const defaultLongestWord = 100;

/** Replays WordPiece: from left to right the longest piece that stands there. */
export class WordPieceReplay implements WordReplay {
  readonly algorithm = 'wordpiece';
  readonly #ids: ReadonlyMap<string, number>;
  readonly #prefix: string;
  readonly #unknown: string;
  readonly #longestWord: number;

  /** @param ids id of every token that may be found, added tokens included */
  constructor({ model }: TokenizerFile, ids: ReadonlyMap<string, number>) {
    this.#ids = ids;
    this.#prefix = model.continuing_subword_prefix ?? '##';
    this.#unknown = model.unk_token ?? '';
    this.#longestWord = model.max_input_chars_per_word ?? defaultLongestWord;
  }

  replay(word: string): { readonly steps: WordPieceWord; readonly pieces: readonly string[] } {
    const characters = Array.from(word);
    const searches: WordPieceSearch[] = [];
    const pieces: string[] = [];
    const unknown = (reason: 'too-long' | 'no-piece') => ({
      steps: { kind: 'wordpiece', searches, unknownBecause: reason } as const,
      pieces: [this.#unknown],
    });
    if (characters.length > this.#longestWord) return unknown('too-long');
    let utf16Start = 0;
    for (let start = 0; start < characters.length;) {
      const search = this.#search(characters, start, utf16Start);
      searches.push(search);
      const last = search.tries.at(-1)!;
      if (!search.isFound) return unknown('no-piece');
      pieces.push(last.piece);
      start += Array.from(word.slice(utf16Start, last.end)).length;
      utf16Start = last.end;
    }
    return { steps: { kind: 'wordpiece', searches, unknownBecause: undefined }, pieces };
  }

  #search(characters: readonly string[], start: number, utf16Start: number): WordPieceSearch {
    const tries: { end: number; piece: string }[] = [];
    const prefix = start > 0 ? this.#prefix : '';
    let rest = characters.slice(start).join('');
    for (let end = characters.length; end > start; end--) {
      const piece = prefix + rest;
      tries.push({ end: utf16Start + rest.length, piece });
      if (this.#ids.has(piece)) return { start: utf16Start, tries, isFound: true };
      rest = rest.slice(0, rest.length - characters[end - 1]!.length);
    }
    return { start: utf16Start, tries, isFound: false };
  }
}
