import { html, type TemplateResult } from 'lit';
import type { WordPieceSearch } from '../../../src/core/tokenizer/replay/replayTrace.js';
import { formatNumber, t } from '../../boot/strings.js';
import { mergeRow } from '../../charts/mergeRow.js';
import { type SpanBar, spanGrid } from '../../charts/spanGrid.js';
import { visibleInline } from '../visibleText.js';
import type { ReplayFrame } from './replayFrames.js';
import { symbolText } from './symbolText.js';

/** The picture of one step. */
export function frameStage(frame: ReplayFrame, byteLevel: boolean): TemplateResult {
  switch (frame.kind) {
    case 'text':
      return chips([frame.text]);
    case 'normalization':
      return html`${chips([frame.before])}<span aria-hidden="true">↓</span>${chips([frame.after])}`;
    case 'preTokenization':
      return chips(frame.words);
    case 'added-token':
      return chips([frame.token.name]);
    case 'bpe':
      return mergeStage(frame, byteLevel);
    case 'wordpiece':
      return wordPieceStage(frame);
    case 'unigram':
      return latticeStage(frame);
    case 'tokens':
      return html`<ol class="tokens">
        ${frame.word.tokens.map(
          ({ id, name }) => html`<li><span class="code">${symbolText(name, byteLevel)}</span> <b>${id}</b></li>`,
        )}
      </ol>`;
    case 'end':
      return html`<p class="code">${[...frame.trace.ids].join(' ')}</p>`;
  }
}

function chips(words: readonly string[]): TemplateResult {
  return html`<ul class="chips">
    ${words.map((word) => html`<li class="code">${visibleInline(word)}</li>`)}
  </ul>`;
}

function mergeStage({ symbols, merge }: ReplayFrame & { kind: 'bpe' }, byteLevel: boolean): TemplateResult {
  const boxes = symbols.map(({ start, end, symbol }, index) => {
    const label = symbolText(symbol, byteLevel);
    return { start, end, label, note: label === symbol ? '' : symbol, isNew: index === merge?.index };
  });
  return mergeRow(t('Symbols'), boxes);
}

function wordPieceStage({ word, steps, search, tries }: ReplayFrame & { kind: 'wordpiece' }): TemplateResult {
  const characters = Array.from(word.word);
  const toCharacter = characterIndices(characters);
  const bars = steps.searches.slice(0, search + 1).flatMap((made, index): SpanBar[] => {
    const shown = index < search ? made.tries.slice(-1) : made.tries.slice(0, tries);
    return shown.map(({ end, piece }, tryIndex) => ({
      start: toCharacter[made.start]!,
      end: toCharacter[end]!,
      label: piece,
      note: '',
      state: isHit(made, index < search ? made.tries.length - 1 : tryIndex) ? 'chosen' : 'tried',
    }));
  });
  return spanGrid({ label: t('Pieces tried, longest first'), characters, characterNotes: [], bars });
}

/** Only the last try of a search may have been found. */
function isHit({ isFound, tries }: WordPieceSearch, index: number): boolean {
  return isFound && index === tries.length - 1;
}

/** For each UTF-16 offset of a word, the index of the character there. */
function characterIndices(characters: readonly string[]): readonly number[] {
  return [
    ...characters.flatMap((character, index) => Array.from({ length: character.length }, () => index)),
    characters.length,
  ];
}

function latticeStage({ steps, reached, walkedBack }: ReplayFrame & { kind: 'unigram' }): TemplateResult {
  const path = new Set(steps.bestPath.slice(steps.bestPath.length - walkedBack));
  const bars = steps.edges.map(({ start, end, name, score }, index): SpanBar => ({
    start,
    end,
    label: name,
    note: formatNumber(score, 2),
    state: path.has(index) ? 'chosen' : end <= reached ? 'known' : 'open',
  }));
  const notes = steps.characters.map((_, index) =>
    index + 1 <= reached ? formatNumber(steps.bestScores[index + 1]!, 2) : '',
  );
  const label = t('Pieces of the vocabulary, with the log-probability of each');
  return spanGrid({ label, characters: steps.characters, characterNotes: notes, bars });
}
