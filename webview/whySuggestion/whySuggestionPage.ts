import { html, LitElement, nothing, type TemplateResult } from 'lit';
import { customElement, state } from 'lit/decorators.js';
import { explainedLogProb } from '../../src/core/explain/explainedTokens.js';
import { chosenLogProbOf, summarizeRemembered } from '../../src/core/explain/rememberedShare.js';
import type {
  DocumentLines,
  WhySnapshot,
  WhySubject,
  WhySuggestionContract,
} from '../../src/protocol/panels/whySuggestionContract.js';
import type { RpcClient } from '../../src/protocol/rpcClient.js';
import { LatestCall } from '../boot/latestCall.js';
import type { PersistedState } from '../boot/persistedState.js';
import { formatNumber, t } from '../boot/strings.js';
import { divergingBarStyles } from '../charts/divergingBar.js';
import { segmentBarStyles } from '../charts/segmentBar.js';
import { button } from '../controls/button.js';
import { dataTableStyles } from '../controls/dataTable.js';
import { notice, noticeStyles } from '../controls/notice.js';
import { radioBar, radioBarStyles } from '../controls/radioBar.js';
import { changesSection } from './changesSection.js';
import { contrastSection } from './contrastSection.js';
import { memoryLegend, memorySummary, type OpenPlace } from './memoryWords.js';
import { linkStyles, memoryMarkStyles, pageLook } from './pageLook.js';
import { promptSection, timeSection, tokenTable, type ReadyExplanation } from './sections.js';
import './tokenRow.js';
import { doubtLimits, tokenSegments } from './tokenSegments.js';
import type { WhyState } from './whyState.js';
import { linesName, percent, sourceSentence, stateSentence } from './words.js';

/** "Why this suggestion?": what a suggestion is made of, and what it came from. */
@customElement('glassbox-why-suggestion')
export class WhySuggestionPage extends LitElement {
  static override readonly styles = [
    noticeStyles,
    radioBarStyles,
    dataTableStyles,
    segmentBarStyles,
    divergingBarStyles,
    linkStyles,
    memoryMarkStyles,
    pageLook,
  ];

  @state() private accessor snapshot: WhySnapshot | undefined;
  @state() private accessor problem: string | undefined;
  @state() private accessor draft = '';
  readonly #client: RpcClient<WhySuggestionContract>;
  readonly #state: PersistedState<WhyState>;
  readonly #following = new LatestCall();

  constructor(client: RpcClient<WhySuggestionContract>, whyState: PersistedState<WhyState>) {
    super();
    this.#client = client;
    this.#state = whyState;
  }

  override connectedCallback(): void {
    super.connectedCallback();
    void this.#following
      .run((signal) => {
        const onProgress = (snapshot: WhySnapshot): void => this.#show(snapshot);
        return this.#client.call('why/follow', {}, { signal, onProgress });
      })
      .then((outcome) => {
        if (outcome?.kind === 'failed') this.problem = outcome.error.message;
      });
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#following.cancel();
  }

  protected override render(): TemplateResult {
    const { snapshot, problem } = this;
    const trouble = problem === undefined ? nothing : notice('error', problem);
    if (snapshot === undefined) return html`${problem === undefined ? notice('status', t('Loading')) : trouble}`;
    const { subject, hasNewer } = snapshot;
    return html`<h1>${t('Why this suggestion?')}</h1>
      ${trouble} ${subject === undefined ? this.#nothingYet(hasNewer) : this.#explained(subject, snapshot)}`;
  }

  #show(snapshot: WhySnapshot): void {
    // The field follows what is compared, unless something else was typed into it meanwhile.
    if (snapshot.contrastText !== this.snapshot?.contrastText) this.draft = snapshot.contrastText;
    this.snapshot = snapshot;
    this.problem = undefined;
  }

  #nothingYet(hasNewer: boolean): TemplateResult {
    return html`${notice(
        'status',
        t('There is nothing to explain yet. Let Glassbox suggest something at the cursor, then ask why.'),
      )}
      <div class="controls">
        ${button({ label: t('Trigger Suggestion'), primary: !hasNewer, onPress: () => this.#tell('why/triggerSuggestion') })}
        ${hasNewer ? this.#explainNewest(t('Explain the Suggestion')) : nothing}
      </div>`;
  }

  #explained(subject: WhySubject, snapshot: WhySnapshot): TemplateResult {
    const { view } = this.#state.value;
    const { explanation, hasNewer } = snapshot;
    return html`<div class="head">
        <p>
          ${stateSentence(subject.state)}
          <button class="link" @click=${() => this.#reveal({ start: subject.line, end: subject.line + 1 })}>
            ${subject.fileName} ${linesName({ start: subject.line, end: subject.line + 1 })}
          </button>
        </p>
        <p>${sourceSentence(subject)}</p>
        ${
          hasNewer
            ? html`<div class="controls">
                ${notice('status', t('There is another suggestion now.'))} ${this.#explainNewest(t('Explain That One'))}
              </div>`
            : nothing
        }
        <div class="controls">
          ${radioBar({
            label: t('View'),
            value: view,
            choices: [
              { value: 'pictures', label: t('Pictures') },
              { value: 'tables', label: t('Tables') },
            ],
            onChoose: (chosen) => this.#remember({ view: chosen }),
          })}
          ${this.#candidates(subject)}
        </div>
      </div>
      ${
        explanation.kind === 'ready'
          ? this.#tokens(subject, explanation, view)
          : explanation.kind === 'failed'
            ? html`${notice('error', explanation.message)}
                <div class="controls">${this.#explainNewest(t('Try Again'))}</div>`
            : html`<section>
                <pre>${subject.text}</pre>
                ${notice('status', t('Asking the model'))}
              </section>`
      }
      ${explanation.kind === 'ready' ? this.#answers(explanation, snapshot) : nothing} ${timeSection(subject, view)}
      <p class="note">
        ${t('All this says what the model used, measured by asking it again. It does not say that the suggestion is right.')}
      </p>`;
  }

  #tokens(subject: WhySubject, { tokens, target }: ReadyExplanation, view: WhyState['view']): TemplateResult {
    const logProb = explainedLogProb(tokens);
    const together = chosenLogProbOf(tokens);
    const counted = tokens.filter(({ counts }) => counts).length;
    const label = t('Tokens of the suggestion');
    const memory = summarizeRemembered(tokens);
    return html`<section aria-labelledby="tokens">
      <h2 id="tokens">${label}</h2>
      ${memory === undefined ? nothing : memorySummary(memory, this.#open)}
      ${
        view === 'tables'
          ? tokenTable(tokens, label, this.#open)
          : html`<glassbox-token-row
              .segments=${tokenSegments(tokens, target)}
              .open=${this.#open}
              label=${label}
            ></glassbox-token-row>`
      }
      <p>
        ${
          memory === undefined
            ? t(
                '{0} tokens, {1} all together (log-probability {2}).',
                formatNumber(counted),
                percent(logProb),
                formatNumber(logProb, 3),
              )
            : t(
                '{0} tokens, {1} all together by model and memory, {2} by the model alone (log-probabilities {3} and {4}).',
                formatNumber(counted),
                percent(together),
                percent(logProb),
                formatNumber(together, 3),
                formatNumber(logProb, 3),
              )
        }
      </p>
      ${view === 'tables' ? nothing : doubtLegend(memory !== undefined)}
      ${view === 'tables' || memory === undefined || memory.rememberedCount === 0 ? nothing : memoryLegend()}
      ${
        subject.isVerbatim
          ? nothing
          : html`<p class="note">
              ${t('What is offered differs a little from what the model wrote: blanks were fitted to the file, or brackets added.')}
            </p>`
      }
    </section>`;
  }

  #answers(explanation: ReadyExplanation, snapshot: WhySnapshot): TemplateResult {
    const { view } = this.#state.value;
    const reveal = (lines: DocumentLines): void => this.#reveal(lines);
    return html`${changesSection(snapshot, this.#state.value, {
      reveal,
      sortBy: (sort) => this.#remember({ sort }),
      stop: () => this.#tell('why/stop'),
      measure: (detail) => void this.#client.call('why/occlude', { detail }).catch(this.#fail),
      paint: (isPainted) => void this.#client.call('why/paint', { isPainted }).catch(this.#fail),
    })}
    ${contrastSection(explanation, snapshot.contrastText, view, {
      draft: this.draft,
      write: (draft) => (this.draft = draft),
      open: this.#open,
      compare: (text) => void this.#client.call('why/compare', { text }).catch(this.#fail),
    })}
    ${promptSection(explanation, reveal)}`;
  }

  #candidates({ candidateCount, candidate }: WhySubject): TemplateResult | typeof nothing {
    if (candidateCount < 2) return nothing;
    return radioBar({
      label: t('Suggestions offered together'),
      value: String(candidate),
      choices: Array.from({ length: candidateCount }, (_, index) => ({
        value: String(index),
        label: t('Suggestion {0}', index + 1),
      })),
      onChoose: (chosen) => void this.#client.call('why/choose', { candidate: Number(chosen) }).catch(this.#fail),
    });
  }

  #explainNewest(label: string): TemplateResult {
    return button({ label, primary: true, onPress: () => this.#tell('why/explainNewest') });
  }

  #reveal(lines: DocumentLines): void {
    void this.#client.call('why/reveal', lines).catch(this.#fail);
  }

  readonly #open: OpenPlace = (path, line) => void this.#client.call('why/openPlace', { path, line }).catch(this.#fail);

  #tell(method: 'why/stop' | 'why/explainNewest' | 'why/triggerSuggestion'): void {
    void this.#client.call(method, {}).catch(this.#fail);
  }

  #remember(change: Partial<WhyState>): void {
    this.#state.update(change);
    this.requestUpdate();
  }

  readonly #fail = (error: unknown): void => {
    this.problem = error instanceof Error ? error.message : String(error);
  };
}

/** What the lines under tokens mean. */
function doubtLegend(isRemembering: boolean): TemplateResult {
  const limits = doubtLimits.map((limit) => formatNumber(limit * 100));
  return html`<p class="note">
    ${
      isRemembering
        ? t(
            'The thicker the line under a token, the less likely it was to model and memory together: under {0}, {1}, {2} and {3}%.',
            ...limits,
          )
        : t('The thicker the line under a token, the less likely it was: under {0}, {1}, {2} and {3}%.', ...limits)
    }
  </p>`;
}
