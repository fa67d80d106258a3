import { css, html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { customElement, state } from 'lit/decorators.js';
import { GlassboxError } from '../../src/core/errors.js';
import { LatestCall } from '../boot/latestCall.js';
import { formatNumber, t } from '../boot/strings.js';
import { tokenRun } from '../charts/tokenRun.js';
import { button, iconButton } from '../controls/button.js';
import { checkbox } from '../controls/checkbox.js';
import { icons } from '../controls/icons.js';
import { notice } from '../controls/notice.js';
import { select, selectStyles } from '../controls/select.js';
import { textArea } from '../controls/textArea.js';
import { columnBoxes } from './columnBoxes.js';
import { compare, type Comparison } from './comparison.js';
import { columnTokens, type LabColumn } from './labColumn.js';
import type { LabState } from './labState.js';
import { labStyles, LabView } from './labView.js';
import { tokenizerChoice } from './tokenizerChoice.js';

type Chat = LabState['chat'];
type Role = Chat['messages'][number]['role'];

/** What a chat template makes of a conversation, and the tokens of that. */
@customElement('glassbox-lab-chat')
export class ChatView extends LabView {
  static override readonly styles = [
    ...labStyles,
    selectStyles,
    css`
      .message {
        display: grid;
        grid-template-columns: auto 1fr auto;
        gap: 8px;
        align-items: start;
      }

      .text-area {
        width: 100%;
      }

      .preview {
        padding: 10px;
        border: 1px solid var(--glassbox-border);
      }
    `,
  ];

  @state() private accessor rendered: Comparison | undefined;
  @state() private accessor problem: string | undefined;
  #asked = '';
  readonly #call = new LatestCall();

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#call.cancel();
    this.#asked = '';
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (changed.has('lab') || changed.has('comparison')) this.#ask();
  }

  get #withTemplate(): readonly LabColumn[] {
    return this.answered.filter(({ description }) => description?.hasChatTemplate === true);
  }

  get #tokenizer(): LabColumn | undefined {
    return this.#withTemplate.find(({ key }) => key === this.lab.chosenTokenizer) ?? this.#withTemplate[0];
  }

  protected override render(): TemplateResult {
    const tokenizer = this.#tokenizer;
    if (tokenizer === undefined) {
      return notice(
        'status',
        t('None of these tokenizers has a chat template. Add one of a model that is made for conversation.'),
      );
    }
    const { chat } = this.lab;
    return html`
      ${tokenizerChoice(this.model, this.#withTemplate, tokenizer)}
      ${chat.messages.map((_, index) => this.#message(index))}
      <div class="bar">
        ${button({ label: t('Add Message'), onPress: () => this.#change({ messages: withNext(chat.messages) }) })}
        ${checkbox({
          label: t('End where the model is to answer'),
          checked: chat.addGenerationPrompt,
          onToggle: (addGenerationPrompt) => this.#change({ addGenerationPrompt }),
        })}
      </div>
      ${this.problem === undefined ? this.#preview() : notice('error', this.problem)}
    `;
  }

  #message(index: number): TemplateResult {
    const { messages } = this.lab.chat;
    const message = messages[index]!;
    const replace = (change: Partial<typeof message>): void =>
      this.#change({ messages: messages.map((other, place) => (place === index ? { ...other, ...change } : other)) });
    return html`<div class="message" role="group" aria-label=${t('Message {0}', index + 1)}>
      ${select<Role>({
        label: t('Role'),
        value: message.role,
        choices: [
          { value: 'system', label: t('System') },
          { value: 'user', label: t('User') },
          { value: 'assistant', label: t('Assistant') },
        ],
        onChoose: (role) => replace({ role }),
      })}
      ${textArea({ label: '', name: t('Message {0}', index + 1), value: message.content, rows: 2, onInput: (content) => replace({ content }) })}
      ${iconButton({
        label: t('Remove message {0}', index + 1),
        icon: icons.close,
        disabled: messages.length === 1,
        onPress: () => this.#change({ messages: messages.filter((_, place) => place !== index) }),
      })}
    </div>`;
  }

  #preview(): TemplateResult | typeof nothing {
    const { rendered } = this;
    const result = rendered?.columns[0]?.result;
    if (rendered === undefined || result === undefined) return nothing;
    const { text } = columnBoxes(rendered, result, rendered.windows[0]!, 'ids');
    return html`
      <p>
        ${t('The model is given {0} tokens; control tokens are read as such.', formatNumber(result.cost.tokenCount))}
      </p>
      <div class="preview">${tokenRun(t('Text that the template makes'), text)}</div>
    `;
  }

  #change(change: Partial<Chat>): void {
    this.model.update({ chat: { ...this.lab.chat, ...change } });
  }

  #ask(): void {
    const tokenizer = this.#tokenizer;
    const { chat } = this.lab;
    const question = JSON.stringify([tokenizer?.key, chat]);
    if (tokenizer === undefined || question === this.#asked) return;
    this.#asked = question;
    void this.#call
      .run((signal) => this.#render(tokenizer, chat, signal))
      .then((outcome) => {
        if (outcome === undefined) return;
        this.rendered = outcome.kind === 'answered' ? outcome.result : undefined;
        this.problem = outcome.kind === 'failed' ? GlassboxError.from(outcome.error).message : undefined;
      });
  }

  async #render(tokenizer: LabColumn, chat: Chat, signal: AbortSignal): Promise<Comparison> {
    const { client } = this.model;
    const { source } = tokenizer;
    const { text } = await client.call('tokenizers/renderChat', { source, ...chat }, { signal });
    const tokens = await client.call('tokenizers/encode', { source, text, controlTokens: 'recognized' }, { signal });
    return compare(text, 1, [{ ...tokenizer, result: columnTokens(text, tokens) }]);
  }
}

/** The roles of a conversation alternate. */
function withNext(messages: Chat['messages']): Chat['messages'] {
  return [...messages, { role: messages.at(-1)?.role === 'user' ? 'assistant' : 'user', content: '' }];
}
