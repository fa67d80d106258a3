import { css, html, LitElement, type PropertyValues, type TemplateResult } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { coverage, type ExplainedToken } from '../../src/core/explain/explainedTokens.js';
import { formatNumber, t } from '../boot/strings.js';
import { dataTable, dataTableStyles, type DataRow } from '../controls/dataTable.js';
import { memoryDetail, type OpenPlace } from './memoryWords.js';
import { linkStyles, memoryMarkStyles } from './pageLook.js';
import { doubt, type TokenSegment } from './tokenSegments.js';
import { givenTyped, percent, sharePercent, visibleText } from './words.js';

/**
 * A text as its tokens: the less likely one was, the stronger its tint and the thicker its underline. One token is looked
 * at: the one under the pointer, else the one chosen by arrow keys or a click.
 */
@customElement('glassbox-token-row')
export class TokenRow extends LitElement {
  @property({ attribute: false }) accessor segments: readonly TokenSegment[] = [];
  /** What the text is, for screen readers. */
  @property() accessor label = '';
  /** Opens a place that memory went on like. */
  @property({ attribute: false }) accessor open: OpenPlace = (): void => undefined;
  @state() private accessor chosen = 0;
  @state() private accessor hovered: number | undefined;

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (!changed.has('segments')) return;
    // The token in most doubt is the one worth looking at first.
    const doubts = this.segments.map(({ counts, logProb }) => (counts ? logProb : 0));
    this.chosen = Math.max(0, doubts.indexOf(Math.min(...doubts)));
    this.hovered = undefined;
  }

  protected override render(): TemplateResult {
    const looked = this.segments[this.hovered ?? this.chosen];
    return html`<div class="tokens" role="listbox" aria-label=${this.label} aria-orientation="horizontal">
        ${this.segments.map((segment, index) => this.#token(segment, index))}
      </div>
      ${looked === undefined ? '' : this.#detail(looked)}`;
  }

  #token(segment: TokenSegment, index: number): TemplateResult {
    const isChosen = index === this.chosen;
    const kind = segment.counts ? `doubt${doubt(segment.logProb)}` : 'typed';
    const words = `${visibleText(segment.text)} ${percent(segment.logProb)}`;
    return html`<span
        id=${`token-${index}`}
        class="token ${kind} ${isChosen ? 'chosen' : ''} ${segment.isRemembered ? 'memory-mark' : ''}"
        role="option"
        tabindex=${isChosen ? 0 : -1}
        aria-selected=${String(isChosen)}
        aria-label=${segment.isRemembered ? t('{0}, from your code', words) : words}
        @click=${() => (this.chosen = index)}
        @focus=${() => (this.chosen = index)}
        @pointerenter=${() => (this.hovered = index)}
        @pointerleave=${() => (this.hovered = undefined)}
        @keydown=${this.#press}
        >${visibleText(segment.text)}</span
      >${segment.text.includes('\n') ? html`<br />` : ''}`;
  }

  #detail(segment: TokenSegment): TemplateResult {
    return html`<div class="detail">
      ${segment.counts ? '' : html`<p class="note">${t('You typed this; it does not count.')}</p>`}
      ${segment.tokens.map((token) => tokenDetail(token, this.open))}
    </div>`;
  }

  readonly #press = (event: KeyboardEvent): void => {
    const moves: Readonly<Record<string, number>> = {
      ArrowRight: this.chosen + 1,
      ArrowLeft: this.chosen - 1,
      Home: 0,
      End: this.segments.length - 1,
    };
    const next = moves[event.key];
    if (next === undefined || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    this.chosen = Math.max(0, Math.min(this.segments.length - 1, next));
    void this.updateComplete.then(() => this.renderRoot.querySelector<HTMLElement>(`#token-${this.chosen}`)?.focus());
  };

  static override readonly styles = [
    dataTableStyles,
    linkStyles,
    memoryMarkStyles,
    css`
      :host {
        display: grid;
        gap: 8px;
      }

      .tokens {
        line-height: 1.9;
        font-family: var(--vscode-editor-font-family);
        font-size: var(--vscode-editor-font-size);
        overflow-wrap: anywhere;
      }

      .token {
        padding: 1px 1px 0;
        margin-inline-end: 2px;
        white-space: pre-wrap;
        cursor: pointer;
        border-bottom: 0 solid var(--vscode-charts-yellow, var(--vscode-editor-foreground));
        outline: 1px solid var(--glassbox-border);
      }

      .doubt1 {
        border-bottom-width: 1px;
        background: color-mix(
          in srgb,
          var(--vscode-charts-yellow, var(--vscode-editor-foreground)) calc(var(--glassbox-tint) * 0.35),
          transparent
        );
      }
      .doubt2 {
        border-bottom-width: 2px;
        background: color-mix(
          in srgb,
          var(--vscode-charts-yellow, var(--vscode-editor-foreground)) calc(var(--glassbox-tint) * 0.8),
          transparent
        );
      }
      .doubt3 {
        border-bottom-width: 3px;
        background: color-mix(
          in srgb,
          var(--vscode-charts-yellow, var(--vscode-editor-foreground)) calc(var(--glassbox-tint) * 1.4),
          transparent
        );
      }
      .doubt4 {
        border-bottom-width: 5px;
        background: color-mix(
          in srgb,
          var(--vscode-charts-yellow, var(--vscode-editor-foreground)) calc(var(--glassbox-tint) * 2.2),
          transparent
        );
      }

      .typed {
        color: var(--glassbox-muted);
        font-style: italic;
        outline-style: dotted;
      }

      .token.chosen {
        outline: 2px solid var(--vscode-focusBorder);
        outline-offset: 1px;
      }

      .detail {
        display: grid;
        gap: 6px;
        max-width: 640px;
      }

      .detail p {
        margin: 0;
      }

      .note {
        color: var(--glassbox-muted);
      }

      .own {
        font-weight: 600;
      }

      code {
        font-family: var(--vscode-editor-font-family);
      }
    `,
  ];
}

/** A token with what else was likely in its place. */
function tokenDetail(token: ExplainedToken, open: OpenPlace): TemplateResult {
  const { id, text, logProb, rank, alternatives, remembered } = token;
  const isListed = alternatives.some((other) => other.id === id);
  const rows: DataRow[] = [
    ...(isListed ? [] : [rowOf(String(rank), { text, logProb }, true)]),
    ...alternatives.map((other, index) => rowOf(String(index + 1), other, other.id === id)),
  ];
  return html`<p>
      <code class="own">${visibleText(text)}</code>
      ${remembered === undefined ? modelDetail(token) : memoryDetail(token, remembered, open)}
    </p>
    ${dataTable({
      caption: t('What else could have stood here'),
      columns: [
        { heading: t('Rank'), isNumber: true },
        { heading: t('Token') },
        { heading: t('Probability'), isNumber: true },
        { heading: t('Log-probability'), isNumber: true },
      ],
      rows,
    })}
    <p class="note">
      ${
        remembered === undefined
          ? t('The list covers {0} of the probability.', sharePercent(coverage(token)))
          : t('The list is the model’s alone and covers {0} of its probability.', sharePercent(coverage(token)))
      }
    </p>`;
}

function modelDetail(token: ExplainedToken): TemplateResult {
  const { logProb, rank } = token;
  return html`${percent(logProb)}. ${t('Rank {0} of all tokens.', formatNumber(rank))} ${givenTyped(token)}`;
}

function rowOf(
  rank: string,
  { text, logProb }: { readonly text: string; readonly logProb: number },
  isOwn: boolean,
): DataRow {
  const word = html`<code class=${isOwn ? 'own' : ''}>${visibleText(text)}</code> ${isOwn ? t('(chosen)') : ''}`;
  return { cells: [rank, word, percent(logProb), formatNumber(logProb, 3)] };
}
