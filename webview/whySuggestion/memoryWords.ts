import { html, nothing, type TemplateResult } from 'lit';
import type { ExplainedToken } from '../../src/core/explain/explainedTokens.js';
import type { RememberedLines, RememberedSummary } from '../../src/core/explain/rememberedShare.js';
import type { RememberedPlace, RememberedToken } from '../../src/core/memory/rememberedToken.js';
import { formatNumber, t } from '../boot/strings.js';
import { givenTyped, percent, sharePercent } from './words.js';

/** Opens a line, from 0, of a file that memory knows. */
export type OpenPlace = (path: string, line: number) => void;

/** Places that the summary names; further ones are told at their tokens. */
const namedPlaces = 3;

/** How many tokens come from memory, and from where. */
export function memorySummary(summary: RememberedSummary, open: OpenPlace): TemplateResult {
  const { lines } = summary;
  const places = lines
    .slice(0, namedPlaces)
    .map((place, index) => html`${index === 0 ? '' : ', '}${placeLink(place, open)}`);
  return html`<p class="memory">
    ${shareSentence(summary)} ${places} ${lines.length > namedPlaces ? t('and further places') : nothing}
  </p>`;
}

function shareSentence({ tokenCount, rememberedCount, hasShare }: RememberedSummary): string {
  const all = formatNumber(tokenCount);
  if (rememberedCount === 0) {
    if (tokenCount === 1)
      return hasShare ? t('The token comes mostly from the model.') : t('The token comes from the model.');
    return hasShare ? t('All tokens come mostly from the model.') : t('All tokens come from the model.');
  }
  if (tokenCount === 1) return t('The token comes mostly from your code:');
  if (rememberedCount === tokenCount) return t('All {0} tokens come mostly from your code:', all);
  return rememberedCount === 1
    ? t('1 of {0} tokens comes mostly from your code:', all)
    : t('{0} of {1} tokens come mostly from your code:', formatNumber(rememberedCount), all);
}

/** What memory had to do with one token: both probabilities, and the place that agrees longest. */
export function memoryDetail(
  token: ExplainedToken,
  { logProb: together, share, place }: RememberedToken,
  open: OpenPlace,
): TemplateResult {
  const { logProb, rank } = token;
  return html`${t('{0} by model and memory together; {1} of that is memory’s share.', percent(together), sharePercent(share))}
    <br />${t('By the model alone {0}, rank {1} of all tokens.', percent(logProb), formatNumber(rank))}
    ${givenTyped(token)} ${place === undefined ? nothing : html`<br />${agreementSentence(place, open)}`}`;
}

function agreementSentence(place: RememberedPlace, open: OpenPlace): TemplateResult {
  const { path, line } = place;
  const mark = '\u0000';
  const [before = '', after = ''] = agreementWords(place, mark).split(mark);
  return html`${before}${placeLink({ path, start: line, end: line + 1 }, open)}${after}`;
}

function agreementWords({ agreement, agreementAhead }: RememberedPlace, name: string): string {
  const [count, countAhead] = [formatNumber(agreement), formatNumber(agreementAhead)];
  if (agreementAhead === 0) {
    return t('{0} tokens in a row are written the same in {1}; there this token follows.', count, name);
  }
  return agreement < 2
    ? t('{0} tokens behind the line are written the same in {1}; there this token stands.', countAhead, name)
    : t(
        '{0} tokens before it and {1} behind the line are written the same in {2}; there this token stands.',
        count,
        countAhead,
        name,
      );
}

/** A place as a button that opens it. */
export function placeLink(place: RememberedLines, open: OpenPlace): TemplateResult {
  return html`<button class="link" @click=${() => open(place.path, place.start)}>${placeName(place)}</button>`;
}

function placeName({ path, start, end }: RememberedLines): string {
  return end - start === 1 ? t('{0}, line {1}', path, start + 1) : t('{0}, lines {1} to {2}', path, start + 1, end);
}

/** What the mark of tokens from memory means. */
export function memoryLegend(): TemplateResult {
  return html`<p class="note">
    <span class="memory-mark" aria-hidden="true"></span> ${t('Dots above a token: it comes mostly from your code.')}
  </p>`;
}
