import { css, html, type TemplateResult } from 'lit';
import { firstRangeAfter } from './textRanges.js';
import { formatNumber, t } from '../boot/strings.js';
import type { PointedRange } from '../charts/tokenRun.js';
import { segmentsIn, type SegmentFacts, type TokenFacts } from './columnBoxes.js';
import type { Comparison } from './comparison.js';
import type { ColumnTokens } from './labColumn.js';
import { hexBytes, visibleInline } from './visibleText.js';

/** Most segments of one tokenizer that are told in detail. */
const maxSegments = 12;

interface InspectedColumn {
  readonly name: string;
  readonly result: ColumnTokens;
}

/** What every tokenizer makes of the text that is pointed at, token by token. Needs {@link inspectorStyles}. */
export function inspector(
  { text }: Comparison,
  columns: readonly InspectedColumn[],
  pointed: PointedRange | undefined,
): TemplateResult {
  if (pointed === undefined) {
    return html`<div class="inspector muted">
      ${t('Point at a token, or go to it with Tab and the arrow keys, to see it in every tokenizer. Choose it to replay how it was made.')}
    </div>`;
  }
  return html`<div class="inspector">
    ${columns.map(({ name, result }) => {
      const segments = segmentsIn(text, result, reach(result, pointed));
      return html`<div class="inspected">
        <h2>${name}</h2>
        ${segments.slice(0, maxSegments).map(segmentTemplate)}
        ${segments.length > maxSegments ? html`<div class="muted">${t('and more')}</div>` : ''}
      </div>`;
    })}
  </div>`;
}

/** From the beginning of the first segment that overlaps the range. */
function reach({ segments }: ColumnTokens, { start, end }: PointedRange): PointedRange {
  const first = segments.starts[firstRangeAfter(segments, start)] ?? start;
  return { start: Math.min(start, first), end };
}

function segmentTemplate({ start, end, text, tokens }: SegmentFacts): TemplateResult {
  return html`<div class="segment">
    <span class="code piece">${visibleInline(text)}</span>
    <span class="muted">${t('offset {0} to {1}', start, end)}</span>
    <ul>
      ${tokens.map((token) => html`<li>${tokenTemplate(token)}</li>`)}
    </ul>
  </div>`;
}

function tokenTemplate({ id, name, bytes, byteStart, mergeRank, score }: TokenFacts): TemplateResult {
  const origin = [
    ...(mergeRank === undefined ? [] : [t('merge {0}', formatNumber(mergeRank))]),
    ...(score === undefined ? [] : [t('log-probability {0}', formatNumber(score, 2))]),
  ];
  return html`<b class="code">${id}</b> <span class="code">${name}</span>
    <span class="muted code">${hexBytes(bytes)}</span>
    <span class="muted">${[t('byte {0}', byteStart), ...origin].join(', ')}</span>`;
}

/** Styles of {@link inspector}. */
export const inspectorStyles = css`
  .inspector {
    position: sticky;
    bottom: 0;
    display: grid;
    grid-template-columns: repeat(auto-fit, minmax(min(100%, 17rem), 1fr));
    gap: 6px 20px;
    box-sizing: border-box;
    height: 9.5em;
    overflow-y: auto;
    margin: 0 -16px;
    padding: 8px 16px;
    background: var(--vscode-editorWidget-background, var(--vscode-editor-background));
    border-top: 1px solid var(--vscode-editorWidget-border, var(--glassbox-border));
    line-height: 1.45;
  }

  .inspected {
    min-width: 0;
  }

  .segment {
    margin-top: 2px;
  }

  .piece {
    padding: 0 3px;
    border: 1px solid var(--glassbox-border);
  }

  .inspector ul {
    margin: 0 0 4px;
    padding: 0;
    list-style: none;
  }
`;
