import { css, html, nothing, type TemplateResult } from 'lit';
import { goTo, jointLogProb, stepBack, type BranchNode } from '../../src/core/nextTokens/branchTree.js';
import { formatNumber, t } from '../boot/strings.js';
import { button, iconButton } from '../controls/button.js';
import { numberField } from '../controls/numberField.js';
import { formatLogProb, formatShare } from './figures.js';
import { backIcon, redoIcon, undoIcon } from './icons.js';
import type { NextTokensSession } from './nextTokensSession.js';
import { samplingLimits } from './panelState.js';
import { tokenLabel, tokenWords } from './tokenLabel.js';

/** The path from the cursor, token by token, and what can be done with it. */
export function branchBar(session: NextTokensSession): TemplateResult {
  const { path, history } = session;
  const isAtStart = path.length === 0;
  return html`<section class="branch" aria-label=${t('Branch')}>
    <div class="section-head">
      <h2>${t('Branch')}</h2>
      <span class="branch-buttons">
        ${iconButton({
          label: t('Back by one token (Backspace)'),
          icon: backIcon,
          disabled: isAtStart,
          onPress: () => session.change(stepBack),
        })}
        ${iconButton({
          label: t('Undo (Ctrl+Z)'),
          icon: undoIcon,
          disabled: history.past.length === 0,
          onPress: () => session.undo(),
        })}
        ${iconButton({
          label: t('Redo (Ctrl+Y)'),
          icon: redoIcon,
          disabled: history.future.length === 0,
          onPress: () => session.redo(),
        })}
      </span>
    </div>
    ${
      isAtStart
        ? html`<p class="muted hint">${t('Choose a candidate below to go on from the cursor with it.')}</p>`
        : html`<p class="branch-sum" role="status">${sumOf(path)}</p>
            <ol class="chips">
              ${path.map((node, index) => chip(session, node, index === path.length - 1))}
            </ol>`
    }
    ${unfinished(session)} ${actions(session)}
  </section>`;
}

function sumOf(path: readonly BranchNode[]): string {
  const joint = jointLogProb(path);
  const count = path.length;
  const words = count === 1 ? t('1 token') : t('{0} tokens', formatNumber(count));
  return t('{0}, log-probability {1} ({2})', words, formatLogProb(joint), formatShare(Math.exp(joint)));
}

function chip(session: NextTokensSession, node: BranchNode, isLast: boolean): TemplateResult {
  const { token, key } = node;
  const description = { ...token, bytes: Uint8Array.from(token.bytes) };
  const words = t('{0}, log-probability {1}', tokenWords(description), formatLogProb(token.logProb));
  return html`<li>
    <button
      class="chip ${isLast ? 'last' : ''}"
      title=${t('Go back to {0}', words)}
      aria-label=${words}
      aria-current=${isLast ? 'step' : nothing}
      @click=${() => session.change((tree) => goTo(tree, key))}
    >
      <span class="chip-text">${tokenLabel(description)}</span>
      <span class="chip-figure">${formatLogProb(token.logProb)}</span>
    </button>
  </li>`;
}

function unfinished(session: NextTokensSession): TemplateResult | typeof nothing {
  const { length } = session.text.unfinishedBytes;
  if (length === 0) return nothing;
  return html`<p class="muted hint" role="status">
    ${
      length === 1
        ? t('The last byte is the beginning of a character. It is inserted once the rest is there.')
        : t('The last {0} bytes are the beginning of a character. They are inserted once the rest is there.', length)
    }
  </p>`;
}

function actions(session: NextTokensSession): TemplateResult {
  const { steps, sampling } = session.settings;
  const isStuck = session.standing !== 'open' || session.prediction === undefined;
  return html`<div class="actions">
    ${button({
      label: t('Insert'),
      title: t('Put this branch into the document at the cursor'),
      primary: true,
      disabled: session.text.text === '',
      onPress: () => session.insert(),
    })}
    ${button({
      label: t('Draw'),
      title: t('Draw the next tokens as the engine would, with these options and this seed'),
      disabled: isStuck,
      onPress: () => session.proceed('drawn'),
    })}
    ${button({
      label: t('Greedy'),
      title: t('Take the likeliest token, again and again'),
      disabled: isStuck,
      onPress: () => session.proceed('greedy'),
    })}
    ${numberField({
      label: t('Tokens'),
      value: steps,
      min: 1,
      max: samplingLimits.steps,
      onChange: (value) => session.set({ steps: value }),
    })}
    ${numberField({
      label: t('Seed'),
      value: sampling.seed,
      min: 0,
      max: samplingLimits.seed,
      // A seed that is set anew starts its sequence anew.
      onChange: (seed) => session.set({ sampling: { ...sampling, seed }, drawCount: 0 }),
    })}
  </div>`;
}

/** Styles of {@link branchBar}, for the component that shows it. */
export const branchBarStyles = css`
  .branch {
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    gap: 8px;
  }

  .branch-sum {
    margin: 0;
    font-variant-numeric: tabular-nums;
  }

  .branch-buttons {
    display: flex;
    flex: none;
    margin-left: auto;
  }

  .chips {
    display: flex;
    flex-wrap: wrap;
    gap: 4px;
    max-height: 132px;
    margin: 0;
    padding: 1px;
    overflow-y: auto;
    list-style: none;
  }

  .chips li {
    max-width: 100%;
  }

  .chip {
    display: grid;
    justify-items: center;
    max-width: 100%;
    padding: 1px 6px 2px;
    color: inherit;
    background: var(--vscode-textCodeBlock-background);
    border: 1px solid var(--glassbox-border);
    border-radius: 3px;
    font: inherit;
    cursor: pointer;
  }

  .chip:hover {
    background: var(--vscode-list-hoverBackground);
  }

  .chip.last {
    border-color: var(--glassbox-accent);
    box-shadow: inset 0 -2px 0 var(--glassbox-accent);
  }

  .chip-text {
    max-width: 100%;
    overflow: hidden;
    font-family: var(--vscode-editor-font-family, monospace);
    text-overflow: ellipsis;
    white-space: pre;
  }

  .chip-figure {
    color: var(--glassbox-muted);
    font-size: 0.85em;
    font-variant-numeric: tabular-nums;
  }

  .actions {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 6px 8px;
  }
`;
