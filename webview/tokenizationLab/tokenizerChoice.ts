import { html, nothing, type TemplateResult } from 'lit';
import { t } from '../boot/strings.js';
import { radioBar } from '../controls/radioBar.js';
import type { LabColumn } from './labColumn.js';
import type { LabModel } from './labModel.js';

/** Lets the user choose the tokenizer that a view of one tokenizer shows; nothing where there is no choice. */
export function tokenizerChoice(
  model: LabModel,
  columns: readonly LabColumn[],
  chosen: LabColumn | undefined,
): TemplateResult | typeof nothing {
  if (columns.length < 2) return nothing;
  return html`<div class="bar">
    <span class="label">${t('Tokenizer')}</span>
    ${radioBar({
      label: t('Tokenizer'),
      choices: columns.map(({ key, name }) => ({ value: key, label: name })),
      value: chosen?.key ?? '',
      onChoose: (key) => model.update({ chosenTokenizer: key }),
    })}
  </div>`;
}
