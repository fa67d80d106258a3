import { css, html, LitElement, nothing, type TemplateResult } from 'lit';
import { customElement, state } from 'lit/decorators.js';
import type {
  EditorExcerpt,
  LabTokens,
  TokenizationLabContract,
} from '../../src/protocol/panels/tokenizationLabContract.js';
import type { RpcClient } from '../../src/protocol/rpcClient.js';
import { LatestCall } from '../boot/latestCall.js';
import type { PersistedState } from '../boot/persistedState.js';
import { formatNumber, t } from '../boot/strings.js';
import { notice, noticeStyles } from '../controls/notice.js';
import { radioBar, radioBarStyles } from '../controls/radioBar.js';
import { textArea } from '../controls/textArea.js';
import type { LabState } from './labState.js';

/** The tokenization lab: a text, and what tokenizers make of it. */
@customElement('glassbox-tokenization-lab')
export class TokenizationLab extends LitElement {
  static override readonly styles = [
    noticeStyles,
    radioBarStyles,
    css`
      :host {
        display: grid;
        gap: 12px;
        padding: 12px 16px;
      }

      .text-area {
        width: 100%;
      }
    `,
  ];

  @state() private accessor excerpt: EditorExcerpt | undefined;
  @state() private accessor tokens: LabTokens | undefined;
  @state() private accessor problem: string | undefined;
  readonly #client: RpcClient<TokenizationLabContract>;
  readonly #state: PersistedState<LabState>;
  readonly #following = new LatestCall();
  readonly #encoding = new LatestCall();

  constructor(client: RpcClient<TokenizationLabContract>, labState: PersistedState<LabState>) {
    super();
    this.#client = client;
    this.#state = labState;
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.#followSource();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#following.cancel();
    this.#encoding.cancel();
  }

  protected override render(): TemplateResult {
    const { source, typedText } = this.#state.value;
    return html`
      ${radioBar({
        label: t('Text'),
        value: source,
        choices: [
          { value: 'typed', label: t('Typed') },
          { value: 'selection', label: t('Selection') },
          { value: 'file', label: t('File') },
        ],
        onChoose: (chosen) => {
          this.#state.update({ source: chosen });
          this.#followSource();
        },
      })}
      ${source === 'typed' ? textArea({ label: t('Text'), value: typedText, onInput: this.#type }) : nothing}
      ${this.problem === undefined ? this.#summary() : notice('error', this.problem)}
    `;
  }

  #summary(): TemplateResult {
    if (this.tokens === undefined) return notice('status', t('Select text in the editor to see its tokens.'));
    return html`<p role="status">${t('Tokens: {0}', formatNumber(this.tokens.ids.length))}</p>`;
  }

  readonly #type = (typedText: string): void => {
    this.#state.update({ typedText });
    void this.#encode(typedText);
  };

  #followSource(): void {
    const { source, typedText } = this.#state.value;
    this.requestUpdate();
    this.#following.cancel();
    if (source === 'typed') {
      void this.#encode(typedText);
      return;
    }
    void this.#following
      .run((signal) => {
        const onProgress = ({ excerpt }: { excerpt: EditorExcerpt | undefined }): void => {
          this.excerpt = excerpt;
          void this.#encode(excerpt?.text);
        };
        return this.#client.call('lab/follow', { part: source }, { signal, onProgress });
      })
      .then((outcome) => {
        if (outcome?.kind === 'failed') this.problem = outcome.error.message;
      });
  }

  async #encode(text: string | undefined): Promise<void> {
    if (text === undefined) {
      this.#encoding.cancel();
      this.tokens = undefined;
      return;
    }
    const outcome = await this.#encoding.run((signal) => this.#client.call('lab/encode', { text }, { signal }));
    if (outcome === undefined) return;
    this.tokens = outcome.kind === 'answered' ? outcome.result : undefined;
    this.problem = outcome.kind === 'failed' ? outcome.error.message : undefined;
  }
}
