import { html, nothing, type TemplateResult } from 'lit';
import { occlusionStep, occlusionStepFactors } from '../../src/core/explain/occlusion.js';
import type {
  DocumentLines,
  WhyChange,
  WhyOcclusion,
  WhySnapshot,
} from '../../src/protocol/panels/whySuggestionContract.js';
import { summarizeRemembered } from '../../src/core/explain/rememberedShare.js';
import { formatNumber, t } from '../boot/strings.js';
import { divergingBar } from '../charts/divergingBar.js';
import { button } from '../controls/button.js';
import { checkbox } from '../controls/checkbox.js';
import { dataTable } from '../controls/dataTable.js';
import { notice } from '../controls/notice.js';
import { radioBar } from '../controls/radioBar.js';
import type { WhyState } from './whyState.js';
import { changeFigure, changeMeaning, changePlace, visibleText } from './words.js';

/** What can be done with the list. */
export interface ChangesActions {
  readonly reveal: (lines: DocumentLines) => void;
  readonly sortBy: (sort: WhyState['sort']) => void;
  readonly stop: () => void;
  readonly measure: (detail: 'grouped' | 'every-line') => void;
  readonly paint: (isPainted: boolean) => void;
}

/** What happens when parts of the prompt are left out. */
export function changesSection(
  { explanation, occlusion, contrastText, isPainted }: WhySnapshot,
  { sort, view }: WhyState,
  actions: ChangesActions,
): TemplateResult {
  const isContrast = contrastText !== '';
  const changes = sorted(occlusion.changes, sort);
  const tokens = explanation.kind === 'ready' ? [...explanation.tokens, ...explanation.contrastTokens] : [];
  return html`<section aria-labelledby="changes">
    <h2 id="changes">${t('What if it had not been there?')}</h2>
    <p>
      ${
        isContrast
          ? t('Each part of the prompt was left out in turn; this is how the lead over the other text changed.')
          : t('Each part of the prompt was left out in turn; this is how the probability of the suggestion changed.')
      }
      ${summarizeRemembered(tokens)?.hasShare === true ? t('Leaving out lines is measured on the model alone.') : nothing}
    </p>
    ${progress(occlusion, actions)}
    ${
      occlusion.changes.length === 0
        ? nothing
        : html`<div class="controls">
              ${radioBar({
                label: t('Order'),
                value: sort,
                choices: [
                  { value: 'influence', label: t('By influence') },
                  { value: 'place', label: t('By place') },
                ],
                onChoose: actions.sortBy,
              })}
              ${checkbox({ label: t('Mark the lines in the editor'), checked: isPainted, onToggle: actions.paint })}
            </div>
            ${view === 'tables' ? changesTable(changes, isContrast) : changesList(changes, isContrast, actions)}
            <p class="note">${legend()}</p>
            ${
              occlusion.isGrouped
                ? html`<p class="note">
                    ${t('The prompt is long, so far lines were left out in groups, and only groups that matter line by line.')}
                    ${button({ label: t('Measure Every Line'), onPress: () => actions.measure('every-line') })}
                  </p>`
                : nothing
            }`
    }
  </section>`;
}

function progress(
  { kind, doneRuns, totalRuns, readTokenCount, message }: WhyOcclusion,
  actions: ChangesActions,
): TemplateResult {
  const again = button({ label: t('Measure Again'), onPress: () => actions.measure('grouped') });
  const counted = t('{0} of {1} runs', formatNumber(doneRuns), formatNumber(totalRuns));
  switch (kind) {
    case 'running':
      return html`<div class="progress">
        <progress
          max=${Math.max(1, totalRuns)}
          .value=${doneRuns}
          aria-label=${t('Leaving out parts of the prompt')}
        ></progress>
        <span>${counted}</span>
        ${button({ label: t('Stop'), onPress: actions.stop })}
      </div>`;
    case 'stopped':
      return html`<div class="progress"><span role="status">${t('Stopped after {0}.', counted)}</span> ${again}</div>`;
    case 'failed':
      return html`${notice('error', message)}
        <div class="progress">${again}</div>`;
    case 'done':
      return html`<p class="note" role="status">
        ${t('{0} runs, {1} tokens read.', formatNumber(totalRuns), formatNumber(readTokenCount))}
      </p>`;
    case 'none':
      return html``;
  }
}

function changesList(changes: readonly WhyChange[], isContrast: boolean, { reveal }: ChangesActions): TemplateResult {
  const largest = changes.reduce((most, { change }) => Math.max(most, Math.abs(change)), 0.1);
  return html`<div class="axis" aria-hidden="true">
      <span>${isContrast ? t('speaks for the other text') : t('speaks against it')}</span>
      <span>${t('speaks for it')}</span>
    </div>
    <ul class="changes">
      ${changes.map((change) => {
        const words = [
          changePlace(change),
          change.text,
          changeFigure(change.change),
          changeMeaning(change.change, isContrast),
        ];
        const { lines } = change;
        return html`<li>
          <button
            class="change step${occlusionStep(change.change)}"
            aria-label=${words.join(', ')}
            title=${changeMeaning(change.change, isContrast)}
            ?disabled=${lines === undefined}
            @click=${() => lines !== undefined && reveal(lines)}
          >
            <span class="place">${changePlace(change)}</span>
            <code>${change.part === 'chunk' ? '' : change.text.trim()}${change.lineCount > 1 ? ' …' : ''}</code>
            ${divergingBar(-change.change / largest)}
            <span class="figure">${changeFigure(change.change)}</span>
          </button>
        </li>`;
      })}
    </ul>`;
}

function changesTable(changes: readonly WhyChange[], isContrast: boolean): TemplateResult {
  return dataTable({
    caption: t('Change when left out'),
    columns: [
      { heading: t('Place') },
      { heading: t('Change in nats'), isNumber: true },
      { heading: t('Meaning') },
      { heading: t('Text') },
    ],
    rows: changes.map((change) => ({
      cells: [
        changePlace(change),
        changeFigure(change.change),
        changeMeaning(change.change, isContrast),
        visibleText(change.text.trim()),
      ],
    })),
  });
}

function legend(): string {
  const [slight, clear, strong] = occlusionStepFactors.map((factor) =>
    formatNumber(factor, Number.isInteger(factor) ? 0 : 1),
  );
  return t(
    'Figures are changes of the log-probability in nats; below 0 it is less likely without the line. Lines are marked from a factor of {0} on, more strongly from {1} and from {2}. What two lines do together can differ from what they do one by one.',
    slight ?? '',
    clear ?? '',
    strong ?? '',
  );
}

function sorted(changes: readonly WhyChange[], sort: WhyState['sort']): readonly WhyChange[] {
  return changes.toSorted((left, right) =>
    sort === 'place' ? left.place - right.place : Math.abs(right.change) - Math.abs(left.change),
  );
}
