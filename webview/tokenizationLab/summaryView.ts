import { css, html, type TemplateResult } from 'lit';
import { customElement } from 'lit/decorators.js';
import type { CountedScript, ScriptCost } from '../../src/core/tokenizer/tokenCost.js';
import { formatNumber, t } from '../boot/strings.js';
import { button, iconButton } from '../controls/button.js';
import { dataTable, type DataColumn, type DataRow } from '../controls/dataTable.js';
import { icons } from '../controls/icons.js';
import { notice } from '../controls/notice.js';
import type { LabColumn } from './labColumn.js';
import { labStyles, LabView } from './labView.js';

/** The tokenizers that are compared, each with what the text costs by it. */
@customElement('glassbox-lab-summary')
export class SummaryView extends LabView {
  static override readonly styles = [
    ...labStyles,
    css`
      .data-table th {
        white-space: normal;
        vertical-align: bottom;
      }

      .name {
        display: flex;
        align-items: center;
        gap: 4px;
      }
    `,
  ];

  protected override render(): TemplateResult {
    const { columns } = this.comparison;
    const problems = columns.filter(({ problem }) => problem !== undefined);
    return html`
      ${dataTable({ caption: t('Tokenizers'), columns: headings(), rows: columns.map((column) => this.#row(column)) })}
      ${problems.map(({ name, problem }) => notice('error', `${name}: ${problem ?? ''}`))}
      <div class="bar">
        ${button({ label: t('Add Tokenizer…'), onPress: () => void this.model.addTokenizer() })}
        ${button({ label: t('Copy as JSON'), onPress: () => void this.model.copy() })}
        <span class="muted" role="status">${this.#differences()}</span>
      </div>
    `;
  }

  #differences(): string {
    if (this.answered.length < 2) return '';
    const count = this.comparison.differences.starts.length;
    return count === 0
      ? t('All tokenizers cut this text at the same places.')
      : t('Cut differently in {0} places, underlined with dots.', formatNumber(count));
  }

  #row(column: LabColumn): DataRow {
    const { key, name, result } = column;
    const title = html`<span class="name"
      >${name}
      ${iconButton({
        label: t('Remove {0}', name),
        icon: icons.close,
        onPress: () => this.model.removeTokenizer(key),
      })}</span
    >`;
    if (result === undefined) return { cells: [title, '–', '–', '–', '–', '–', '–', '–'], isOut: true };
    const { cost, scripts } = result;
    const [english, korean] = [perLetter(scripts, 'latin'), perLetter(scripts, 'hangul')];
    return {
      cells: [
        title,
        formatNumber(cost.tokenCount),
        this.#share(cost.tokenCount),
        figure(cost.charactersPerToken, 2),
        figure(cost.bytesPerToken, 2),
        figure(english, 2),
        figure(korean, 2),
        multiple(korean / english, 1),
      ],
    };
  }

  /** Tokens as a multiple of the fewest. */
  #share(tokens: number): string {
    const fewest = Math.min(...this.answered.map(({ result }) => result.cost.tokenCount));
    return multiple(tokens / fewest, 2);
  }
}

function headings(): readonly DataColumn[] {
  const number = (heading: string, tip?: string): DataColumn => ({
    heading,
    isNumber: true,
    ...(tip !== undefined && { tip }),
  });
  return [
    { heading: t('Tokenizer') },
    number(t('Tokens')),
    number(t('To the Fewest'), t('Tokens as a multiple of the tokenizer that needs the fewest')),
    number(t('Characters per Token')),
    number(t('Bytes per Token'), t('UTF-8 bytes of the text per token')),
    number(t('English'), t('Tokens per Latin letter')),
    number(t('Korean'), t('Tokens per Hangul letter')),
    number(t('Korean to English'), t('How many times as many tokens a Korean letter needs as an English one')),
  ];
}

/** Tokens per letter of a script; NaN when the text has none of it. */
function perLetter(scripts: readonly ScriptCost[], wanted: CountedScript): number {
  const found = scripts.find(({ script }) => script === wanted);
  return found === undefined ? NaN : found.tokenCount / found.characterCount;
}

/** A dash stands for what the text has none of. */
function figure(value: number, fractionDigits: number): string {
  return Number.isFinite(value) ? formatNumber(value, fractionDigits) : '–';
}

function multiple(value: number, fractionDigits: number): string {
  return Number.isFinite(value) ? t('{0} ×', formatNumber(value, fractionDigits)) : '–';
}
