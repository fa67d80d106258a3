import { encodeUtf8 } from '../text/utf8.js';
import { Utf8Offsets } from '../text/utf8Offsets.js';
import { byteLevelForm } from './byteAlphabet.js';
import type { ByteLevelWords } from './byteLevelWords.js';
import type { SpanBuilder } from './spanBuilder.js';

/** The tokens of a word, and where each ends in it. */
interface PlacedWord {
  readonly ids: readonly number[];
  /** UTF-16 offsets; inside a character, that of its start. */
  readonly ends: readonly number[];
  readonly byteEnds: readonly number[];
  readonly byteLength: number;
}

/** How many UTF-16 units of words are remembered, keys only, before all are forgotten. */
const rememberedUnits = 400_000;

/** Longer words hardly come back. */
const longestRemembered = 256;

/**
 * Encodes text whose words stand in it as they are: places come with the words, none has to be looked for. Words are
 * remembered with the places of their tokens, since most of a text's words come again.
 */
export class ByteLevelPlacer {
  readonly #words: ByteLevelWords;
  readonly #known = new Map<string, PlacedWord>();
  #knownUnits = 0;

  constructor(words: ByteLevelWords) {
    this.#words = words;
  }

  /** Appends the ids of a text. */
  encode(text: string, ids: number[]): void {
    for (const word of this.#words.split(text)) {
      for (const id of this.#place(word).ids) ids.push(id);
    }
  }

  /** Adds the tokens of a stretch that starts at a UTF-16 offset of the builder's text. */
  build(text: string, utf16Start: number, builder: SpanBuilder): void {
    let unit = 0;
    let byte = builder.byteAt(utf16Start);
    for (const word of this.#words.split(text)) {
      if (!text.startsWith(word, unit)) {
        const start = text.indexOf(word, unit);
        byte += encodeUtf8(text.slice(unit, start)).length;
        unit = start;
      }
      const { ids, ends, byteEnds, byteLength } = this.#place(word);
      for (let token = 0; token < ids.length; token++) {
        builder.addAt(ids[token]!, utf16Start + unit + ends[token]!, byte + byteEnds[token]!);
      }
      unit += word.length;
      byte += byteLength;
    }
  }

  #place(word: string): PlacedWord {
    const known = this.#known.get(word);
    if (known !== undefined) return known;
    const bytes = encodeUtf8(word);
    const ids = this.#words.idsOf(byteLevelForm(bytes));
    let byteEnd = 0;
    const byteEnds = ids.map((id) => (byteEnd += this.#words.byteLengthOf(id)));
    const isAscii = bytes.length === word.length;
    const offsets = isAscii ? undefined : new Utf8Offsets(word);
    const ends = offsets === undefined ? byteEnds : byteEnds.map((end) => offsets.utf16At(end));
    const placed = { ids, ends, byteEnds, byteLength: bytes.length };
    if (word.length <= longestRemembered) this.#remember(word, placed);
    return placed;
  }

  #remember(word: string, placed: PlacedWord): void {
    this.#knownUnits += word.length;
    if (this.#knownUnits > rememberedUnits) {
      this.#known.clear();
      this.#knownUnits = word.length;
    }
    this.#known.set(word, placed);
  }
}
