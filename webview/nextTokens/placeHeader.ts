import { css, html, nothing, type TemplateResult } from 'lit';
import type { CursorPlace } from '../../src/protocol/panels/nextTokensPanelContract.js';
import { formatNumber, t } from '../boot/strings.js';
import { button } from '../controls/button.js';
import { radioBar } from '../controls/radioBar.js';
import { toggleButton } from '../controls/toggleButton.js';
import { pinIcon } from './icons.js';
import type { NextTokensSession } from './nextTokensSession.js';

/** Where the panel is: file, line, the text around the cursor with the branch in it, and how the model is shown it. */
export function placeHeader(session: NextTokensSession, place: CursorPlace): TemplateResult {
  const { pinned, mode } = session.settings;
  const isPinned = pinned !== null;
  return html`<header class="place">
    <div class="place-line">
      <button class="place-name" title=${t('Show this place in the editor')} @click=${() => session.reveal()}>
        ${place.fileName}
      </button>
      <span class="muted">${t('Ln {0}, Col {1}', place.line + 1, place.character + 1)}</span>
      <span class="muted place-model">${place.modelName}</span>
      ${toggleButton({
        label: t('Stay at this place'),
        title: isPinned
          ? t('Let go of this place and its branches, and follow the cursor')
          : t('Stay at this place when the cursor moves on'),
        icon: pinIcon,
        isPressed: isPinned,
        onPress: () => (isPinned ? session.unpin() : session.pin()),
      })}
    </div>
    ${codeLine(session, place)} ${outdated(session, place)}
    ${
      place.fillsInTheMiddle
        ? radioBar({
            label: t('What the model sees'),
            value: mode,
            choices: [
              { value: 'prompt', label: t('Before and after') },
              { value: 'left-to-right', label: t('Only before') },
            ],
            onChoose: (chosen) => session.setMode(chosen),
          })
        : nothing
    }
  </header>`;
}

function codeLine(session: NextTokensSession, { before, after }: CursorPlace): TemplateResult {
  const added = session.text.text.replaceAll('\n', '↵');
  // The text before the cursor loses its beginning where there is no room, so that the cursor stays in sight.
  return html`<div class="code" role="img" aria-label=${t('The line with the branch: {0}', before + added + after)}>
    <span class="code-before"><span>${before}</span></span>
    <span class="code-branch">${added}</span><span class="code-cursor"></span><span class="code-after">${after}</span>
  </div>`;
}

function outdated(session: NextTokensSession, { isOutdated }: CursorPlace): TemplateResult | typeof nothing {
  if (!isOutdated) return nothing;
  return html`<div class="outdated" role="status">
    <span>${t('The text here has changed since. The probabilities are those of the text as it was.')}</span>
    ${button({ label: t('Read Again'), onPress: () => session.readAgain() })}
  </div>`;
}

/** How full the model's context is. */
export function contextUse(session: NextTokensSession, { contextLength }: CursorPlace): string {
  const used = session.prediction?.contextTokenCount ?? 0;
  return t('{0} of {1} tokens of context', formatNumber(used), formatNumber(contextLength));
}

/** Styles of {@link placeHeader}, for the component that shows it. */
export const placeHeaderStyles = css`
  .place {
    display: grid;
    gap: 8px;
    justify-items: start;
  }

  .place-line {
    display: flex;
    align-items: center;
    gap: 4px 10px;
    width: 100%;
    min-width: 0;
  }

  .place-name {
    min-width: 0;
    padding: 0;
    overflow: hidden;
    color: var(--vscode-textLink-foreground);
    background: none;
    border: none;
    font: inherit;
    font-weight: 600;
    text-overflow: ellipsis;
    white-space: nowrap;
    cursor: pointer;
  }

  .place-name:hover {
    text-decoration: underline;
  }

  .place-line .muted {
    white-space: nowrap;
  }

  .place-line .place-model {
    flex: 1;
    min-width: 0;
    overflow: hidden;
    text-align: right;
    text-overflow: ellipsis;
  }

  .code {
    display: flex;
    align-items: center;
    box-sizing: border-box;
    width: 100%;
    min-height: 28px;
    padding: 4px 8px;
    overflow: hidden;
    background: var(--vscode-textCodeBlock-background);
    border: 1px solid var(--glassbox-border);
    font-family: var(--vscode-editor-font-family, monospace);
    white-space: pre;
  }

  .code-before {
    display: flex;
    flex: 0 1 auto;
    justify-content: flex-end;
    min-width: 3em;
    overflow: hidden;
  }

  .code-branch {
    flex: 0 1 auto;
    overflow: hidden;
    text-overflow: ellipsis;
    background: var(--vscode-diffEditor-insertedTextBackground);
    border-bottom: 1px solid var(--glassbox-accent);
  }

  .code-cursor {
    flex: none;
    width: 2px;
    height: 1.2em;
    background: var(--vscode-editorCursor-foreground, currentColor);
  }

  .code-after {
    flex: 1 3 0;
    min-width: 0;
    overflow: hidden;
    color: var(--glassbox-muted);
    text-overflow: ellipsis;
  }

  .outdated {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 6px 12px;
    padding: 6px 10px;
    color: var(--vscode-inputValidation-warningForeground, inherit);
    background: var(--vscode-inputValidation-warningBackground);
    border: 1px solid var(--vscode-inputValidation-warningBorder);
  }

  .outdated span {
    flex: 1 1 200px;
  }
`;
