import { html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { customElement, state } from 'lit/decorators.js';
import { systemClock } from '../../../src/core/clock.js';
import type { ReplayedWord, ReplayTrace } from '../../../src/core/tokenizer/replay/replayTrace.js';
import { LatestCall } from '../../boot/latestCall.js';
import { t } from '../../boot/strings.js';
import { notice } from '../../controls/notice.js';
import { textArea } from '../../controls/textArea.js';
import { LabView } from '../labView.js';
import { tokenizerChoice } from '../tokenizerChoice.js';
import { maxReplayedLength } from '../wordAround.js';
import { frameStage } from './frameStage.js';
import { frameText } from './frameText.js';
import { type ReplayFrame, replayFrames } from './replayFrames.js';
import { ReplayPlayer } from './replayPlayer.js';
import { replayStyles } from './replayStyles.js';
import { stepTable } from './stepTable.js';
import { isByteLevel } from './symbolText.js';
import { transport } from './transport.js';

/** How one tokenizer makes tokens of a short text, step by step. */
@customElement('glassbox-lab-replay')
export class ReplayView extends LabView {
  static override readonly styles = replayStyles;

  @state() private accessor trace: ReplayTrace | undefined;
  @state() private accessor problem: string | undefined;
  #frames: readonly ReplayFrame[] = [];
  #asked = '';
  readonly #call = new LatestCall();
  readonly #player = new ReplayPlayer(systemClock(window), 2, () => this.requestUpdate());

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#call.cancel();
    this.#player.pause();
    this.#asked = '';
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (changed.has('lab') || changed.has('comparison')) this.#ask();
    this.#player.stepsPerSecond = this.lab.speed;
  }

  /** What is replayed: what was chosen, or else the beginning of the text. */
  get #text(): string {
    const text = this.lab.replayedText ?? this.comparison.text.trimStart().split('\n', 1)[0] ?? '';
    return text.slice(0, maxReplayedLength);
  }

  protected override render(): TemplateResult {
    return html`
      ${tokenizerChoice(this.model, this.answered, this.chosen)}
      ${textArea({
        label: t('Text to replay, at most {0} characters', maxReplayedLength),
        value: this.#text,
        rows: 2,
        onInput: (text) => this.model.update({ replayedText: text.slice(0, maxReplayedLength) }),
      })}
      ${this.problem === undefined ? this.#stage() : notice('error', this.problem)}
    `;
  }

  #stage(): TemplateResult | typeof nothing {
    const frame = this.#frames[this.#player.position];
    const { trace } = this;
    if (frame === undefined || trace === undefined) return nothing;
    const byteLevel = isByteLevel(trace);
    return html`
      ${transport(this.#player, this.lab.speed, (speed) => this.model.update({ speed }))}
      <p class="step" aria-live=${this.#player.isPlaying ? 'off' : 'polite'}>${frameText(frame, byteLevel)}</p>
      <div class="stage">
        ${'word' in frame ? this.#word(frame, byteLevel) : nothing} ${frameStage(frame, byteLevel)}
      </div>
      ${agreement(trace)} ${stepTable(frame, byteLevel)}
    `;
  }

  #word({ word }: { readonly word: ReplayedWord }, byteLevel: boolean): TemplateResult {
    const words = this.trace?.sections.flatMap((section) => (section.kind === 'text' ? section.words : [])) ?? [];
    return html`<span class="muted"
      >${t('Word {0} of {1}', words.indexOf(word) + 1, words.length)}${
        byteLevel ? html` · ${t('bytes are written as characters')}` : nothing
      }</span
    >`;
  }

  /** Asks for the steps when something changed that they depend on. */
  #ask(): void {
    const source = this.chosen?.source;
    const text = this.#text;
    const { controlTokens } = this.lab;
    const question = JSON.stringify([source, text, controlTokens]);
    if (source === undefined || question === this.#asked) return;
    this.#asked = question;
    void this.#call
      .run((signal) => this.model.client.call('tokenizers/replay', { source, text, controlTokens }, { signal }))
      .then((outcome) => {
        if (outcome === undefined) return;
        this.problem = outcome.kind === 'failed' ? outcome.error.message : undefined;
        this.trace = outcome.kind === 'answered' ? outcome.result : undefined;
        this.#frames = this.trace === undefined ? [] : replayFrames(text, this.trace);
        this.#player.load(this.#frames.length);
      });
  }
}

function agreement({ agrees, ids, libraryIds }: ReplayTrace): TemplateResult {
  if (agrees)
    return html`<p class="agreement">✓ ${t('The replay ends with the same ids as the tokenizer library.')}</p>`;
  return notice(
    'error',
    t('The replay ends with {0}, but the tokenizer library says {1}.', [...ids].join(' '), [...libraryIds].join(' ')),
  );
}
