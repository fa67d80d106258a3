import { css, html, LitElement, nothing, type TemplateResult } from 'lit';
import { customElement } from 'lit/decorators.js';
import { goTo, removeBranch, stepBack } from '../../src/core/nextTokens/branchTree.js';
import type { NextTokensPanelContract } from '../../src/protocol/panels/nextTokensPanelContract.js';
import type { RpcClient } from '../../src/protocol/rpcClient.js';
import type { PersistedState } from '../boot/persistedState.js';
import { t } from '../boot/strings.js';
import { shareBarStyles } from '../charts/shareBar.js';
import { button } from '../controls/button.js';
import { dataTableStyles } from '../controls/dataTable.js';
import { busy, notice, noticeStyles } from '../controls/notice.js';
import { numberFieldStyles } from '../controls/numberField.js';
import { radioBarStyles } from '../controls/radioBar.js';
import { sliderStyles } from '../controls/slider.js';
import { toggleButtonStyles } from '../controls/toggleButton.js';
import { branchBar, branchBarStyles } from './branchBar.js';
import { branchTreeView } from './branchTreeView.js';
import { candidateView, candidateViewStyles } from './candidateView.js';
import { NextTokensSession } from './nextTokensSession.js';
import type { PanelState } from './panelState.js';
import { contextUse, placeHeader, placeHeaderStyles } from './placeHeader.js';
import { samplingControls, samplingControlsStyles } from './samplingControls.js';
import { tokenLabelStyles } from './tokenLabel.js';

/** The next-token panel: what may come at the cursor, under which options, and the branches that were tried. */
@customElement('glassbox-next-tokens')
export class NextTokensPanel extends LitElement {
  readonly #session: NextTokensSession;

  constructor(client: RpcClient<NextTokensPanelContract>, state: PersistedState<PanelState>) {
    super();
    this.#session = new NextTokensSession(client, state, () => this.requestUpdate());
  }

  override connectedCallback(): void {
    super.connectedCallback();
    // Of the document: a button that is disabled under the keyboard leaves it with nobody.
    document.addEventListener('keydown', this.#press);
    this.#session.start();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    document.removeEventListener('keydown', this.#press);
    this.#session.stop();
  }

  protected override render(): TemplateResult {
    const { place, settings } = this.#session;
    const { pinned } = settings;
    if (place === undefined) return html`${this.#messages()}${pinned === null ? nothing : this.#letGo()}`;
    if (place.kind === 'refused') {
      return html`<h1>${place.where}</h1>
        ${notice('status', place.sentence)} ${pinned === null ? nothing : this.#letGo()}`;
    }
    return html`${placeHeader(this.#session, place.place)} ${branchBar(this.#session)}
      ${samplingControls({
        sampling: settings.sampling,
        onChange: (change) => this.#session.preview({ sampling: { ...this.#session.settings.sampling, ...change } }),
        onCommit: () => this.#session.keep(),
      })}
      ${this.#messages()} ${this.#candidates()} ${this.#tree()}
      <footer class="muted">${contextUse(this.#session, place.place)}</footer>`;
  }

  #candidates(): TemplateResult | typeof nothing {
    const { prediction, standing, isBusy } = this.#session;
    if (standing === 'ended')
      return notice('status', t('The model ends the text here. Go back to try another branch.'));
    if (prediction === undefined) return isBusy ? html`<div>${busy(t('The model is reading'))}</div>` : nothing;
    return html`<div class="live" aria-busy=${String(isBusy)}>${candidateView(this.#session, prediction)}</div>`;
  }

  #messages(): TemplateResult {
    const { problem, note, standing } = this.#session;
    const full =
      standing === 'context-full'
        ? t('The context of the model is full, so it cannot read another token. Go back to try another branch.')
        : standing === 'tree-full'
          ? t('The tree holds as many tokens as it can. Remove a branch to go on.')
          : undefined;
    return html`${
      problem === undefined
        ? nothing
        : html`<div class="problem">
            ${notice('error', problem)} ${button({ label: t('Try Again'), onPress: () => this.#session.retry() })}
          </div>`
    }
    ${note === undefined ? nothing : notice('status', note)} ${full === undefined ? nothing : notice('status', full)}`;
  }

  #tree(): TemplateResult | typeof nothing {
    const { tree } = this.#session.history;
    if (tree.nodes.length === 0) return nothing;
    return html`<section class="branches" aria-label=${t('Branches')}>
      <div class="branches-head" aria-hidden="true">
        <h2>${t('Branches')}</h2>
        <span class="muted">${t('log-probability, and the chance of the whole branch')}</span>
      </div>
      ${branchTreeView({
        tree,
        onGo: (key) => this.#session.change((now) => goTo(now, key)),
        onRemove: (key) => this.#session.change((now) => removeBranch(now, key)),
      })}
    </section>`;
  }

  #letGo(): TemplateResult {
    return html`<div>${button({ label: t('Follow the Cursor'), onPress: () => this.#session.unpin() })}</div>`;
  }

  readonly #press = (event: KeyboardEvent): void => {
    if (isTyping(event)) return;
    const key = event.key.toLowerCase();
    const isCommand = event.ctrlKey || event.metaKey;
    if (key === 'backspace' && !isCommand) this.#session.change(stepBack);
    else if (isCommand && key === 'z' && !event.shiftKey) this.#session.undo();
    else if (isCommand && (key === 'y' || (key === 'z' && event.shiftKey))) this.#session.redo();
    else return;
    event.preventDefault();
    // The editor around the page would undo in the document otherwise.
    event.stopPropagation();
  };

  static override readonly styles = [
    noticeStyles,
    radioBarStyles,
    sliderStyles,
    toggleButtonStyles,
    numberFieldStyles,
    dataTableStyles,
    shareBarStyles,
    tokenLabelStyles,
    placeHeaderStyles,
    branchBarStyles,
    samplingControlsStyles,
    candidateViewStyles,
    css`
      :host {
        --glassbox-accent: var(--vscode-charts-blue);
        display: grid;
        grid-template-columns: minmax(0, 1fr);
        gap: 16px;
        max-width: 900px;
        padding: 12px 16px 24px;
      }

      h1,
      h2 {
        margin: 0;
        font-size: 1.05em;
        font-weight: 600;
      }

      .muted {
        color: var(--glassbox-muted);
      }

      .section-head {
        display: flex;
        align-items: center;
        justify-content: space-between;
        gap: 10px;
        min-height: 26px;
      }

      .hint {
        margin: 0;
      }

      .problem {
        display: flex;
        flex-wrap: wrap;
        align-items: center;
        gap: 8px;
      }

      .problem .notice {
        flex: 1 1 200px;
      }

      .branches-head {
        display: flex;
        flex-wrap: wrap;
        align-items: baseline;
        justify-content: space-between;
        gap: 2px 10px;
        margin-bottom: 4px;
      }

      .live {
        transition: opacity 120ms 250ms;
      }

      .live[aria-busy='true'] {
        opacity: 0.55;
      }

      .live[aria-busy='false'] {
        transition: none;
      }

      @media (prefers-reduced-motion: reduce) {
        .live {
          transition: none;
        }
      }
    `,
  ];
}

/** Keys in a field belong to the field. */
function isTyping(event: KeyboardEvent): boolean {
  const [target] = event.composedPath();
  return target instanceof HTMLInputElement && target.type !== 'radio' && target.type !== 'range';
}
