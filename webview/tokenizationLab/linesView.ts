import { css, html, nothing, type TemplateResult } from 'lit';
import { customElement } from 'lit/decorators.js';
import { countLineTokens, type LineCosts } from '../../src/core/tokenizer/lineCosts.js';
import { encodeUtf8 } from '../../src/core/text/utf8.js';
import { formatNumber, t } from '../boot/strings.js';
import { dataTable, type DataRow } from '../controls/dataTable.js';
import { radioBar } from '../controls/radioBar.js';
import type { LabState } from './labState.js';
import { labStyles, LabView } from './labView.js';
import { visibleInline } from './visibleText.js';

/** Most lines that the table has. */
const maxRows = 200;

/** Most of a line that is shown, UTF-16 units. */
const shownLength = 80;

/** What each line costs by each tokenizer. */
@customElement('glassbox-lab-lines')
export class LinesView extends LabView {
  static override readonly styles = [
    ...labStyles,
    css`
      .data-table th {
        white-space: normal;
        vertical-align: bottom;
      }

      .excerpt {
        display: inline-block;
        max-width: 15rem;
        overflow: hidden;
        text-overflow: ellipsis;
        white-space: pre;
        vertical-align: bottom;
      }
    `,
  ];

  protected override render(): TemplateResult | typeof nothing {
    const { answered, comparison, lab } = this;
    if (answered.length === 0) return nothing;
    const counts = answered.map(({ result }) => countLineTokens(comparison.text, result.tokens));
    const order = lineOrder(counts, lab.lineOrder);
    const shown = order.slice(0, maxRows);
    return html`
      <div class="bar">
        <span class="label">${t('Order')}</span>
        ${radioBar<LabState['lineOrder']>({
          label: t('Order'),
          value: lab.lineOrder,
          choices: [
            { value: 'lines', label: t('As in the Text') },
            { value: 'cost', label: t('Most Expensive First') },
          ],
          onChoose: (lineOrder) => this.model.update({ lineOrder }),
        })}
        ${
          order.length > shown.length
            ? html`<span class="muted"
                >${t('{0} of {1} lines are shown.', formatNumber(shown.length), formatNumber(order.length))}</span
              >`
            : nothing
        }
      </div>
      ${dataTable({
        caption: t('Tokens per line'),
        columns: [
          { heading: t('Line'), isNumber: true },
          { heading: t('Text') },
          ...answered.flatMap(({ name }) => [
            { heading: name, isNumber: true, tip: t('Tokens of the line by {0}', name) },
            { heading: t('Chars/Token'), isNumber: true, tip: t('Characters per token, line end included') },
            { heading: t('Bytes/Token'), isNumber: true, tip: t('UTF-8 bytes per token, line end included') },
          ]),
        ],
        rows: shown.map((line) => this.#row(line, counts)),
      })}
    `;
  }

  #row(line: number, counts: readonly LineCosts[]): DataRow {
    const { text, firstLine } = this.comparison;
    const { lineStarts } = counts[0]!;
    const content = text.slice(lineStarts[line], lineStarts[line + 1] ?? text.length);
    const characters = Array.from(content).length;
    const bytes = encodeUtf8(content).length;
    const excerpt = visibleInline(content.slice(0, shownLength));
    return {
      cells: [
        String(firstLine + line),
        html`<span class="code excerpt">${excerpt}</span>`,
        ...counts.flatMap(({ tokenCounts }) => {
          const tokens = tokenCounts[line]!;
          return [formatNumber(tokens), per(characters, tokens), per(bytes, tokens)];
        }),
      ],
    };
  }
}

function lineOrder(counts: readonly LineCosts[], order: LabState['lineOrder']): readonly number[] {
  const lines = Array.from(counts[0]?.tokenCounts.keys() ?? []);
  if (order === 'lines') return lines;
  const cost = (line: number): number => counts.reduce((sum, { tokenCounts }) => sum + tokenCounts[line]!, 0);
  return lines.toSorted((a, b) => cost(b) - cost(a));
}

function per(amount: number, tokens: number): string {
  return tokens === 0 ? '–' : formatNumber(amount / tokens, 2);
}
