import { writtenName } from '../controlTokens.js';
import type { TextSections, TextStretch } from '../textSections.js';
import type { ReplayedSection, ReplayedStage, ReplayedToken, ReplayedWord, ReplayTrace } from './replayTrace.js';
import type { Stage, TokenizerStages } from './tokenizerStages.js';
import type { WordReplay } from './wordReplay.js';

/** What a replay is made of. */
export interface TokenizerReplayParts {
  readonly sections: TextSections;
  readonly stages: TokenizerStages;
  readonly wordReplay: WordReplay;
  /** Id of every token that may be found, added tokens included. */
  readonly ids: ReadonlyMap<string, number>;
  readonly unknownId: number | undefined;
  /** True when several unknown tokens in a row become one. */
  readonly fusesUnknown: boolean;
  /** Ids by the library's own way from a well-formed text to ids. */
  readonly libraryIds: (text: string) => readonly number[];
}

/** Replays, step by step, how a tokenizer makes tokens of a text, and checks the outcome against the library. */
export class TokenizerReplay {
  readonly #parts: TokenizerReplayParts;
  readonly #names: ReadonlyMap<number, string>;

  constructor(parts: TokenizerReplayParts) {
    this.#parts = parts;
    this.#names = new Map([...parts.ids].map(([name, id]) => [id, writtenName(name)]));
  }

  /** The trace of a text; lone surrogates are taken as U+FFFD. */
  replay(text: string): ReplayTrace {
    const { sections, libraryIds, wordReplay } = this.#parts;
    const replayed = [...sections.split(text)].map((stretch) => this.#replayStretch(stretch));
    const ids = Uint32Array.from(replayed.flatMap((section) => this.#idsOf(section)));
    const expected = Uint32Array.from(libraryIds(text.toWellFormed()));
    const agrees = ids.length === expected.length && ids.every((id, index) => id === expected[index]);
    return { algorithm: wordReplay.algorithm, sections: replayed, ids, libraryIds: expected, agrees };
  }

  #replayStretch(stretch: TextStretch): ReplayedSection {
    if (stretch.addedTokenId !== undefined) {
      const { addedTokenId: id, originalStart, originalEnd } = stretch;
      return { kind: 'added-token', start: originalStart, end: originalEnd, token: { id, name: this.#nameOf(id) } };
    }
    const { original, originalStart, normalized, sectionIndex } = stretch;
    const { normalization, preTokenization } = this.#parts.stages;
    const content = normalized.text.slice(stretch.start, stretch.end);
    const splits = applyAll(preTokenization, [content] as readonly string[], sectionIndex);
    const words = splits.at(-1)?.result ?? [content];
    return {
      kind: 'text',
      start: originalStart + normalized.originalEnd(stretch.start),
      end: originalStart + normalized.originalEnd(stretch.end),
      normalization: applyAll(normalization, original, sectionIndex),
      preTokenization: splits,
      words: words.map((word) => this.#replayWord(word)),
    };
  }

  #replayWord(word: string): ReplayedWord {
    const { steps, pieces } = this.#parts.wordReplay.replay(word);
    return { word, steps, tokens: pieces.map((piece) => this.#tokenOf(piece)) };
  }

  #tokenOf(piece: string): ReplayedToken {
    const id = this.#parts.ids.get(piece) ?? this.#parts.unknownId ?? -1;
    return { id, name: this.#nameOf(id) };
  }

  #nameOf(id: number): string {
    return this.#names.get(id) ?? '';
  }

  #idsOf(section: ReplayedSection): number[] {
    if (section.kind === 'added-token') return [section.token.id];
    const ids = section.words.flatMap(({ tokens }) => tokens.map(({ id }) => id));
    const { fusesUnknown, unknownId } = this.#parts;
    return fusesUnknown ? ids.filter((id, index) => id !== unknownId || ids[index - 1] !== id) : ids;
  }
}

function applyAll<Value>(
  stages: readonly Stage<Value, Value>[],
  input: Value,
  sectionIndex: number,
): ReplayedStage<Value>[] {
  let result = input;
  return stages.map((stage) => {
    result = stage.apply(result, sectionIndex);
    return { component: stage.component, result };
  });
}
