import { html, nothing, type TemplateResult } from 'lit';
import { explainedLogProb, sharedTokenCount } from '../../src/core/explain/explainedTokens.js';
import { chosenLogProbOf } from '../../src/core/explain/rememberedShare.js';
import { formatNumber, t } from '../boot/strings.js';
import { button } from '../controls/button.js';
import { textArea } from '../controls/textArea.js';
import { tokenTable, type ReadyExplanation, type View } from './sections.js';
import type { OpenPlace } from './memoryWords.js';
import './tokenRow.js';
import { tokenSegments } from './tokenSegments.js';
import { percent } from './words.js';

/** What can be compared, and how. */
export interface ContrastActions {
  /** What was typed into the field, not yet compared. */
  readonly draft: string;
  readonly write: (draft: string) => void;
  readonly compare: (text: string) => void;
  readonly open: OpenPlace;
}

/** "Why this and not that?" */
export function contrastSection(
  explanation: ReadyExplanation,
  contrastText: string,
  view: View,
  { draft, write, compare, open }: ContrastActions,
): TemplateResult {
  return html`<section aria-labelledby="contrast">
    <h2 id="contrast">${t('Why this, and not …?')}</h2>
    ${textArea({
      label: t('Another text that could stand at the cursor'),
      value: draft,
      rows: 2,
      onInput: write,
    })}
    <div class="controls">
      ${button({ label: t('Compare'), primary: true, disabled: draft === '', onPress: () => compare(draft) })}
      ${contrastText === '' ? nothing : button({ label: t('End the Comparison'), onPress: () => compare('') })}
    </div>
    ${contrastText === '' ? nothing : comparison(explanation, view, open)}
  </section>`;
}

function comparison(
  { tokens, contrastTokens, contrastTarget }: ReadyExplanation,
  view: View,
  open: OpenPlace,
): TemplateResult {
  const first = sharedTokenCount(tokens, contrastTokens);
  const own = chosenLogProbOf(tokens, first);
  const other = chosenLogProbOf(contrastTokens, first);
  const isRemembering = tokens.some(({ remembered }) => remembered !== undefined);
  const factor = Number(Math.exp(Math.min(50, Math.abs(own - other))).toPrecision(3));
  const times = formatNumber(factor, factor < 10 ? 2 : 0);
  const label = t('Tokens of the other text');
  const isSame = first === tokens.length && first === contrastTokens.length;
  const sentence = isSame
    ? t('Both texts are the same.')
    : own >= other
      ? t('The suggestion is {0} times more likely.', times)
      : t('The suggestion is {0} times less likely. It was chosen token by token, and began more likely.', times);
  return html`<p role="status">
      ${sentence}
      ${
        isSame
          ? nothing
          : t(
              'They differ from token {0} on; from there {1} against {2}.',
              formatNumber(first + 1),
              percent(own),
              percent(other),
            )
      }
      ${
        isSame || !isRemembering
          ? nothing
          : t(
              'By the model alone it is {0} against {1}.',
              percent(explainedLogProb(tokens, first)),
              percent(explainedLogProb(contrastTokens, first)),
            )
      }
    </p>
    ${
      view === 'tables'
        ? tokenTable(contrastTokens, label, open)
        : html`<glassbox-token-row
            .segments=${tokenSegments(contrastTokens, contrastTarget)}
            .open=${open}
            label=${label}
          ></glassbox-token-row>`
    }
    <p class="note">${t('A longer text is less likely than a short one only because it has more tokens.')}</p>`;
}
