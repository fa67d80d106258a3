import { css, html, nothing, type TemplateResult } from 'lit';
import type { SampledCandidate, SampledDistribution } from '../../src/core/sampling/sampledDistribution.js';
import { formatNumber, t } from '../boot/strings.js';
import { probabilityBars, type ProbabilityBar } from '../charts/probabilityBars.js';
import { shareBar, type Share } from '../charts/shareBar.js';
import { button } from '../controls/button.js';
import { radioBar } from '../controls/radioBar.js';
import { dataTable } from '../controls/dataTable.js';
import { formatPercent, formatLogProb, formatShare } from './figures.js';
import { filterFills, filterName } from './filterNames.js';
import type { NextTokensSession } from './nextTokensSession.js';
import { rowSteps } from './panelState.js';
import type { Prediction } from './prediction.js';
import { tokenLabel, tokenWords } from './tokenLabel.js';

/** What may come next: how much is cut off, and each candidate as a bar or as a row of a table. */
export function candidateView(session: NextTokensSession, prediction: Prediction): TemplateResult {
  const { view, rowCount } = session.settings;
  const distribution = session.sampled!;
  const candidates = distribution.candidates(0, rowCount);
  return html`<section class="candidates" aria-label=${t('Next token')}>
    <div class="section-head">
      <h2>${t('Next token')}</h2>
      ${radioBar({
        label: t('View'),
        value: view,
        choices: [
          { value: 'bars', label: t('Bars') },
          { value: 'table', label: t('Table') },
        ],
        onChoose: (chosen) => session.set({ view: chosen }),
      })}
    </div>
    ${summary(distribution)} ${forced(prediction)}
    ${
      view === 'bars'
        ? html`<p class="muted hint">${t('Bars: the chance to be drawn. Lines: what the model itself says.')}</p>
            ${probabilityBars({
              bars: candidates.map((candidate) => barOf(candidate, prediction)),
              subject: prediction,
              label: t('Candidates, likeliest first. Enter takes one.'),
              isDisabled: session.isBusy,
              headings: ['#', t('Token'), t('Chance'), t('Log-prob.')],
              formatShare: formatPercent,
              onChoose: (id) => session.take(id),
            })}`
        : table(session, candidates, prediction)
    }
    ${more(session, distribution)}
  </section>`;
}

function summary(distribution: SampledDistribution): TemplateResult {
  const { keptCount, candidateCount, cutMass, cuts, effectiveChoices } = distribution;
  const cutShares = cuts.filter(({ mass }) => mass > 0);
  const shares: Share[] = [
    { label: t('kept'), share: 1 - cutMass, fill: 'solid' },
    ...cutShares.map(({ filter, mass }) => ({ label: filterName(filter), share: mass, fill: filterFills[filter] })),
  ];
  const counts = t('{0} of {1} tokens can be drawn', formatNumber(keptCount), formatNumber(candidateCount));
  const choices = t('as hard to guess as {0} equal choices', formatNumber(effectiveChoices, 1));
  return html`<div class="summary">
    <p><b>${t('{0} of the probability is cut off.', formatShare(cutMass))}</b> ${counts}, ${choices}.</p>
    ${shareBar(shares, formatShare)}
  </div>`;
}

function forced({ allowed, repeatedBytes, distribution }: Prediction): TemplateResult | typeof nothing {
  if (allowed === undefined) return nothing;
  const typed = tokenWords({ bytes: repeatedBytes, controlName: null });
  return html`<p class="muted hint">
    ${t(
      'The cursor stands inside a token, so only tokens that fit “{0}” are listed; the model gives them {1}.',
      typed,
      formatShare(distribution.allowedMass),
    )}
  </p>`;
}

function barOf(candidate: SampledCandidate, prediction: Prediction): ProbabilityBar {
  const { id, rank, cutBy, probability, temperedProbability, logProb } = candidate;
  const description = prediction.describe(id)!;
  const isOut = cutBy !== undefined;
  const own = Math.exp(logProb);
  const drawn = isOut ? t('cut off by {0}', filterName(cutBy)) : t('drawn with {0}', formatShare(probability));
  return {
    id,
    rank: formatNumber(rank + 1),
    label: tokenLabel(description),
    value: isOut ? temperedProbability : probability,
    mark: own,
    valueText: isOut ? filterName(cutBy) : formatShare(probability),
    detailText: formatLogProb(logProb),
    isOut,
    description: t(
      '{0}, {1}, the model itself says {2}, log-probability {3}',
      tokenWords(description),
      drawn,
      formatShare(own),
      formatLogProb(logProb),
    ),
  };
}

function table(
  session: NextTokensSession,
  candidates: readonly SampledCandidate[],
  prediction: Prediction,
): TemplateResult {
  return dataTable({
    caption: t('Candidates, likeliest first'),
    columns: [
      { heading: '#', isNumber: true },
      { heading: t('Token') },
      { heading: t('Id'), isNumber: true },
      { heading: t('Model'), isNumber: true },
      { heading: t('Log-prob.'), isNumber: true },
      { heading: t('At this temperature'), isNumber: true },
      { heading: t('Chance'), isNumber: true },
    ],
    rows: candidates.map(({ rank, id, logProb, temperedProbability, probability, cutBy }) => ({
      isOut: cutBy !== undefined,
      cells: [
        formatNumber(rank + 1),
        takeButton(session, id, tokenLabel(prediction.describe(id)!)),
        String(id),
        formatShare(Math.exp(logProb)),
        formatLogProb(logProb),
        formatShare(temperedProbability),
        cutBy === undefined ? formatShare(probability) : filterName(cutBy),
      ],
    })),
  });
}

function takeButton(session: NextTokensSession, id: number, label: TemplateResult): TemplateResult {
  const take = (): void => session.take(id);
  return html`<button class="take" ?disabled=${session.isBusy} @click=${take}>${label}</button>`;
}

function more(session: NextTokensSession, { candidateCount }: SampledDistribution): TemplateResult | typeof nothing {
  const { rowCount } = session.settings;
  const next = rowSteps.find((step) => step > rowCount);
  if (next === undefined || candidateCount <= rowCount) {
    return rowCount > rowSteps[0]
      ? button({ label: t('Show Fewer'), onPress: () => session.set({ rowCount: rowSteps[0] }) })
      : nothing;
  }
  return button({
    label: t('Show {0}', formatNumber(Math.min(next, candidateCount))),
    onPress: () => session.set({ rowCount: next }),
  });
}

/** Styles of {@link candidateView}, for the component that shows it. */
export const candidateViewStyles = css`
  .candidates {
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    gap: 8px;
    justify-items: start;
  }

  .candidates > * {
    width: 100%;
  }

  .candidates > vscode-button {
    width: auto;
  }

  .summary {
    display: grid;
    gap: 6px;
  }

  .summary p {
    margin: 0;
    font-variant-numeric: tabular-nums;
  }

  .take {
    max-width: 14em;
    padding: 0 4px;
    overflow: hidden;
    color: var(--vscode-textLink-foreground);
    background: none;
    border: none;
    font: inherit;
    font-family: var(--vscode-editor-font-family, monospace);
    text-overflow: ellipsis;
    white-space: pre;
    cursor: pointer;
  }
`;
