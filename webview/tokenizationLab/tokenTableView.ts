import { html, nothing, type TemplateResult } from 'lit';
import { customElement, state } from 'lit/decorators.js';
import { formatNumber, t } from '../boot/strings.js';
import { dataTable, type DataRow } from '../controls/dataTable.js';
import { segmentsIn, type SegmentFacts } from './columnBoxes.js';
import { labStyles, LabView } from './labView.js';
import { textWindows } from './textWindow.js';
import { tokenizerChoice } from './tokenizerChoice.js';
import { hexBytes, visibleInline } from './visibleText.js';
import { windowPager } from './windowPager.js';

/** Length of text that one page of the table holds, UTF-16 units. */
const pageLength = 600;

/** The tokens of one tokenizer as a table: everything that the coloured text shows, in words and numbers. */
@customElement('glassbox-lab-table')
export class TokenTableView extends LabView {
  static override readonly styles = labStyles;

  @state() private accessor pageIndex = 0;

  protected override render(): TemplateResult | typeof nothing {
    const { chosen, comparison } = this;
    if (chosen === undefined) return nothing;
    const pages = textWindows(comparison.text, pageLength);
    const index = Math.min(this.pageIndex, pages.length - 1);
    const segments = segmentsIn(comparison.text, chosen.result, pages[index]!);
    const isUnigram = chosen.description?.algorithm === 'unigram';
    return html`
      ${tokenizerChoice(this.model, this.answered, chosen)}
      ${windowPager(pages, index, (page) => (this.pageIndex = page))}
      ${dataTable({
        caption: t('Tokens of {0}', chosen.name),
        columns: [
          { heading: t('Text') },
          { heading: t('Id'), isNumber: true },
          { heading: t('Token'), tip: t('As the tokenizer file writes it') },
          { heading: t('Bytes'), tip: t('UTF-8, in hexadecimal') },
          { heading: t('Characters'), tip: t('UTF-16 offsets of the text') },
          { heading: t('Byte'), isNumber: true, tip: t('UTF-8 offset of the first byte') },
          isUnigram
            ? { heading: t('Log-probability'), isNumber: true }
            : { heading: t('Merge'), isNumber: true, tip: t('When the merge that makes the token was learnt') },
        ],
        rows: segments.flatMap((segment) => rowsOf(segment, isUnigram)),
      })}
    `;
  }
}

function rowsOf({ start, end, text, tokens }: SegmentFacts, isUnigram: boolean): readonly DataRow[] {
  return tokens.map(({ id, name, bytes, byteStart, mergeRank, score }, index) => ({
    cells: [
      code(tokens.length > 1 ? `${visibleInline(text)} ${index + 1}/${tokens.length}` : visibleInline(text)),
      String(id),
      code(name),
      code(hexBytes(bytes)),
      `${start}–${end}`,
      String(byteStart),
      isUnigram ? optional(score, 2) : optional(mergeRank, 0),
    ],
  }));
}

function code(text: string): TemplateResult {
  return html`<span class="code">${text}</span>`;
}

function optional(value: number | undefined, fractionDigits: number): string {
  return value === undefined ? '–' : formatNumber(value, fractionDigits);
}
