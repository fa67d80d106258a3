import { css, html, LitElement, nothing, type TemplateResult } from 'lit';
import { customElement } from 'lit/decorators.js';
import { t } from '../boot/strings.js';
import type { PersistedState } from '../boot/persistedState.js';
import { button } from '../controls/button.js';
import { checkbox } from '../controls/checkbox.js';
import { busy, notice } from '../controls/notice.js';
import { radioBar } from '../controls/radioBar.js';
import { textArea } from '../controls/textArea.js';
import './chatView.js';
import type { Comparison } from './comparison.js';
import { exampleText } from './exampleText.js';
import { type LabClient, LabModel } from './labModel.js';
import type { LabState } from './labState.js';
import { labStyles } from './labView.js';
import './linesView.js';
import './replay/replayView.js';
import './summaryView.js';
import './tokenTableView.js';
import './tokensView.js';

/** The tokenization lab: a text, and what tokenizers make of it. */
@customElement('glassbox-tokenization-lab')
export class TokenizationLab extends LitElement {
  static override readonly styles = [
    ...labStyles,
    css`
      :host {
        padding: 12px 16px 0;
      }

      .text-area {
        width: 100%;
      }

      .origin {
        display: flex;
        align-items: center;
        gap: 8px;
        min-height: 20px;
      }
    `,
  ];

  readonly #model: LabModel;

  constructor(client: LabClient, state: PersistedState<LabState>) {
    super();
    this.#model = new LabModel(client, state, () => this.requestUpdate());
  }

  override connectedCallback(): void {
    super.connectedCallback();
    void this.#model.connect();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#model.disconnect();
  }

  protected override render(): TemplateResult {
    const { comparison, problem } = this.#model;
    return html`
      ${this.#origin()} ${problem === undefined ? nothing : notice('error', problem)}
      ${comparison === undefined ? this.#empty() : this.#views(comparison)}
    `;
  }

  #origin(): TemplateResult {
    const model = this.#model;
    const { source, typedText, controlTokens } = model.state.value;
    return html`
      <div class="bar">
        ${radioBar<LabState['source']>({
          label: t('Text'),
          value: source,
          choices: [
            { value: 'file', label: t('File') },
            { value: 'selection', label: t('Selection') },
            { value: 'typed', label: t('Typed') },
          ],
          onChoose: (chosen) => model.update({ source: chosen }, 'follow'),
        })}
        <span class="origin muted">${this.#originName()} ${model.isBusy ? busy(t('Tokenizing')) : nothing}</span>
        ${checkbox({
          label: t('Read control tokens such as <|endoftext|> as tokens'),
          checked: controlTokens === 'recognized',
          onToggle: (on) => model.update({ controlTokens: on ? 'recognized' : 'text' }, 'compare'),
        })}
      </div>
      ${
        source === 'typed'
          ? textArea({
              label: '',
              name: t('Text'),
              value: typedText,
              placeholder: t('Type or paste text.'),
              onInput: (text) => model.update({ typedText: text }, 'compare'),
            })
          : nothing
      }
    `;
  }

  #originName(): string {
    const { excerpt, state } = this.#model;
    if (state.value.source === 'typed' || excerpt === undefined) return '';
    if (excerpt.isCut) return t('{0}, the beginning of it', excerpt.fileName);
    return excerpt.fileName;
  }

  #empty(): TemplateResult {
    const { source } = this.#model.state.value;
    if (this.#model.isBusy) return html`<p role="status" class="muted">${t('Opening the tokenizers…')}</p>`;
    return html`
      ${notice(
        'status',
        source === 'selection'
          ? t('Select text in the editor to see its tokens.')
          : t('Open a file to see its tokens, or type a text.'),
      )}
      <div class="bar">${this.#exampleButton()}</div>
    `;
  }

  #exampleButton(): TemplateResult {
    return button({
      label: t('Example in English and Korean'),
      onPress: () => this.#model.update({ source: 'typed', typedText: exampleText }, 'follow'),
    });
  }

  #views(comparison: Comparison): TemplateResult {
    const model = this.#model;
    const lab = model.state.value;
    return html`
      <glassbox-lab-summary .model=${model} .comparison=${comparison} .lab=${lab}></glassbox-lab-summary>
      <div class="bar">
        ${radioBar<LabState['view']>({
          label: t('View'),
          value: lab.view,
          choices: [
            { value: 'tokens', label: t('Side by Side') },
            { value: 'table', label: t('Table') },
            { value: 'lines', label: t('Lines') },
            { value: 'replay', label: t('Replay') },
            { value: 'chat', label: t('Chat Template') },
          ],
          onChoose: (view) => model.update({ view }),
        })}
        ${lab.source === 'typed' && comparison.text === '' ? this.#exampleButton() : nothing}
      </div>
      ${this.#view(comparison, lab)}
    `;
  }

  #view(comparison: Comparison, lab: LabState): TemplateResult {
    const model = this.#model;
    switch (lab.view) {
      case 'tokens':
        return html`<glassbox-lab-tokens .model=${model} .comparison=${comparison} .lab=${lab}></glassbox-lab-tokens>`;
      case 'table':
        return html`<glassbox-lab-table .model=${model} .comparison=${comparison} .lab=${lab}></glassbox-lab-table>`;
      case 'lines':
        return html`<glassbox-lab-lines .model=${model} .comparison=${comparison} .lab=${lab}></glassbox-lab-lines>`;
      case 'replay':
        return html`<glassbox-lab-replay .model=${model} .comparison=${comparison} .lab=${lab}></glassbox-lab-replay>`;
      case 'chat':
        return html`<glassbox-lab-chat .model=${model} .comparison=${comparison} .lab=${lab}></glassbox-lab-chat>`;
    }
  }
}
