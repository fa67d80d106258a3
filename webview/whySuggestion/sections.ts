import { html, nothing, type TemplateResult } from 'lit';
import { coverage, logProbGivenTyped, type ExplainedToken } from '../../src/core/explain/explainedTokens.js';
import type { TimeSegment } from '../../src/core/explain/timeSegments.js';
import type {
  DocumentLines,
  WhyExplanation,
  WhyPart,
  WhySubject,
} from '../../src/protocol/panels/whySuggestionContract.js';
import { formatNumber, t } from '../boot/strings.js';
import { segmentBar, segmentSwatch, type BarSegment } from '../charts/segmentBar.js';
import { dataTable, type DataColumn } from '../controls/dataTable.js';
import { placeLink, type OpenPlace } from './memoryWords.js';
import { linesName, partName, percent, sharePercent, stageName, visibleText } from './words.js';

/** How pictures are looked at. */
export type View = 'pictures' | 'tables';

/** What is known once the model has answered. */
export type ReadyExplanation = Extract<WhyExplanation, { kind: 'ready' }>;

/** Tokens as a table. */
export function tokenTable(tokens: readonly ExplainedToken[], caption: string, open: OpenPlace): TemplateResult {
  const isRemembering = tokens.some(({ remembered }) => remembered !== undefined);
  return dataTable({
    caption,
    columns: [
      { heading: t('Token') },
      { heading: t('Probability'), isNumber: true },
      { heading: t('Log-probability'), isNumber: true },
      { heading: t('Rank'), isNumber: true },
      ...(isRemembering ? memoryColumns() : []),
      { heading: t('Other candidates') },
      { heading: t('Covered'), isNumber: true },
    ],
    rows: tokens.map((token) => ({
      cells: [
        visibleText(token.text),
        percent(logProbGivenTyped(token)),
        formatNumber(logProbGivenTyped(token), 3),
        formatNumber(token.rank),
        ...(isRemembering ? memoryCells(token, open) : []),
        token.alternatives
          .filter(({ id }) => id !== token.id)
          .slice(0, 3)
          .map(({ text, logProb }) => `${visibleText(text)} ${percent(logProb)}`)
          .join('  '),
        sharePercent(coverage(token)),
      ],
      isOut: !token.counts,
    })),
  });
}

function memoryColumns(): readonly DataColumn[] {
  return [
    { heading: t('Model and memory'), tip: t('Probability by model and memory together'), isNumber: true },
    { heading: t('Memory’s share'), isNumber: true },
    { heading: t('Written the same in') },
  ];
}

function memoryCells({ remembered }: ExplainedToken, open: OpenPlace): readonly (string | TemplateResult)[] {
  if (remembered === undefined) return ['', '', ''];
  const { logProb, share, place } = remembered;
  const link = place && placeLink({ path: place.path, start: place.line, end: place.line + 1 }, open);
  return [percent(logProb), sharePercent(share), link ?? ''];
}

/** Where the time went. */
export function timeSection({ time, engineTime, source }: WhySubject, view: View): TemplateResult {
  const total = time.reduce((sum, { ms }) => sum + ms, 0);
  return html`<section aria-labelledby="time">
    <h2 id="time">${t('Where the time went')}</h2>
    <p>${t('{0} ms from the request to the offer.', milliseconds(total))}</p>
    ${timeBar(time, t('Time by stage'), view)}
    ${
      engineTime.length === 0
        ? nothing
        : html`<p>${earlierSentence(source)}</p>
            ${timeBar(engineTime, t('Time of the model'), view)}`
    }
  </section>`;
}

function earlierSentence(source: WhySubject['source']): string {
  return source === 'running'
    ? t('The model began before this request; in all it took:')
    : t('The model had written the text before; that took:');
}

function timeBar(segments: readonly TimeSegment[], label: string, view: View): TemplateResult {
  const bars = segments.map(({ stage, ms }) => ({
    label: stageName(stage),
    amount: ms,
    amountText: t('{0} ms', milliseconds(ms)),
  }));
  return barWithList(bars, label, t('Stage'), t('Time'), view);
}

function milliseconds(ms: number): string {
  return formatNumber(ms, ms < 10 ? 1 : 0);
}

function barWithList(
  segments: readonly BarSegment[],
  label: string,
  nameHeading: string,
  amountHeading: string,
  view: View,
): TemplateResult {
  if (view === 'tables') {
    return dataTable({
      caption: label,
      columns: [{ heading: nameHeading }, { heading: amountHeading, isNumber: true }],
      rows: segments.map((segment) => ({ cells: [segment.label, segment.amountText] })),
    });
  }
  return html`${segmentBar(segments, label)}
    <ul class="legend">
      ${segments.map(
        (segment, index) =>
          html`<li>${segmentSwatch(index, segment)} ${segment.label} <b>${segment.amountText}</b></li>`,
      )}
    </ul>`;
}

/** The prompt part by part. */
export function promptSection(
  { parts, tokenCount, contextLength, healedTokenCount, cut }: ReadyExplanation,
  reveal: (lines: DocumentLines) => void,
): TemplateResult {
  const segments = parts.map((part) => ({
    label: partName(part.kind, part.name),
    amount: part.tokenCount,
    amountText: tokens(part.tokenCount),
    isMuted: part.kind === 'control',
  }));
  return html`<section aria-labelledby="prompt">
    <h2 id="prompt">${t('What the model was sent')}</h2>
    <p>
      ${t('{0} of the {1} tokens that it can read, in this order:', formatNumber(tokenCount), formatNumber(contextLength))}
    </p>
    ${segmentBar(segments, t('Parts of the prompt'))}
    <ol class="parts">
      ${parts.map((part, index) => partLine(part, index, segments[index]!, reveal))}
    </ol>
    ${
      healedTokenCount === 0
        ? nothing
        : html`<p class="note">
            ${t(
              'Tokens at the end that were taken back and written again, because a word may have been cut there (token healing): {0}.',
              formatNumber(healedTokenCount),
            )}
          </p>`
    }
    ${cutSentences(cut).map((sentence) => html`<p class="note">${sentence}</p>`)}
  </section>`;
}

function partLine(
  { lines }: WhyPart,
  index: number,
  segment: BarSegment,
  reveal: (lines: DocumentLines) => void,
): TemplateResult {
  return html`<li>
    ${segmentSwatch(index, segment)}
    <span>${segment.label}</span>
    ${
      lines === undefined
        ? nothing
        : html`<button class="link" @click=${() => reveal(lines)}>${linesName(lines)}</button>`
    }
    <b>${segment.amountText}</b>
  </li>`;
}

function cutSentences(cut: ReadyExplanation['cut']): readonly string[] {
  const { readsPrefixOnly, prefixLines, suffixLength, chunks, currentLineLength } = cut;
  return [
    ...(readsPrefixOnly
      ? [t('This model writes from left to right: it was told neither the path nor what stands after the cursor.')]
      : []),
    ...(prefixLines > 0 ? [t('Not sent, for lack of room: {0} lines above.', formatNumber(prefixLines))] : []),
    ...(suffixLength > 0 && !readsPrefixOnly
      ? [t('Not sent, for lack of room: {0} characters below.', formatNumber(suffixLength))]
      : []),
    ...(chunks > 0 ? [t('Not sent, for lack of room: {0} pieces of other files.', formatNumber(chunks))] : []),
    ...(currentLineLength > 0
      ? [t('Not sent, for lack of room: {0} characters of the line itself.', formatNumber(currentLineLength))]
      : []),
  ];
}

function tokens(count: number): string {
  return count === 1 ? t('1 token') : t('{0} tokens', formatNumber(count));
}
