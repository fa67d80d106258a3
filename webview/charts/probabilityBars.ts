import { css, html, LitElement, nothing, svg, type PropertyValues, type TemplateResult } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { nextChoice } from './listKeys.js';

/** One bar of the chart. */
export interface ProbabilityBar {
  /** Names the bar in events. */
  readonly id: number;
  readonly rank: string;
  readonly label: TemplateResult;
  /** 0 to 1: the length of the bar. */
  readonly value: number;
  /** 0 to 1: where a second value is marked. */
  readonly mark: number;
  /** Written after the bar, in two columns. */
  readonly valueText: string;
  readonly detailText: string;
  /** Drawn hollow: it does not take part. */
  readonly isOut: boolean;
  /** All of it in words, for screen readers. */
  readonly description: string;
}

/** What the chart shows and does. */
export interface ProbabilityBarsOptions {
  /** In the order in which they are listed. */
  readonly bars: readonly ProbabilityBar[];
  /** What the bars are of; for another one the first bar is active again. */
  readonly subject: unknown;
  /** What the list is, for screen readers. */
  readonly label: string;
  /** Above the rank, the label, the value and the detail. */
  readonly headings: readonly [rank: string, label: string, value: string, detail: string];
  /** True while what is shown is about to be replaced: nothing can be chosen. */
  readonly isDisabled: boolean;
  /** Writes an end of the axis. */
  readonly formatShare: (share: number) => string;
  /** A bar was chosen, by pointer or key. */
  readonly onChoose: (id: number) => void;
}

/**
 * A list of horizontal bars with labels, each with a second value marked. One entry is active; arrow keys move it, Enter
 * and a click choose.
 */
export function probabilityBars(options: ProbabilityBarsOptions): TemplateResult {
  return html`<glassbox-probability-bars .options=${options} .subject=${options.subject}></glassbox-probability-bars>`;
}

/** Ends of the axis: the chart takes the least that holds all values, so that it does not jump with each of them. */
const scaleEnds = [0.05, 0.1, 0.2, 0.3, 0.4, 0.6, 0.8, 1];

/** The element behind {@link probabilityBars}. */
@customElement('glassbox-probability-bars')
export class ProbabilityBars extends LitElement {
  @property({ attribute: false }) accessor options: ProbabilityBarsOptions | undefined;
  @property({ attribute: false }) accessor subject: unknown;
  @state() private accessor active = 0;

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (changed.has('subject')) this.active = 0;
    this.active = Math.max(0, Math.min(this.active, this.#bars.length - 1));
  }

  get #bars(): readonly ProbabilityBar[] {
    return this.options?.bars ?? [];
  }

  protected override render(): TemplateResult | typeof nothing {
    if (this.options === undefined) return nothing;
    const { bars, headings, formatShare } = this.options;
    const largest = bars.reduce((most, { value, mark }) => Math.max(most, value, mark), 0);
    const end = scaleEnds.find((candidate) => candidate >= largest) ?? 1;
    const [rank, label, value, detail] = headings;
    return html`<div class="row head" aria-hidden="true">
        <span class="rank">${rank}</span><span>${label}</span>
        <span class="axis"><span>0</span><span>${formatShare(end)}</span></span>
        <span class="value">${value}</span><span class="detail">${detail}</span>
      </div>
      <div
        class="list"
        role="listbox"
        tabindex="0"
        aria-label=${this.options.label}
        aria-disabled=${String(this.options.isDisabled)}
        aria-activedescendant=${bars.length === 0 ? nothing : `bar-${String(this.active)}`}
        @keydown=${this.#press}
      >
        ${bars.map((bar, index) => this.#row(bar, index, end))}
      </div>`;
  }

  #row(bar: ProbabilityBar, index: number, end: number): TemplateResult {
    const isActive = index === this.active;
    return html`<div
      id=${`bar-${String(index)}`}
      class="row ${bar.isOut ? 'out' : ''} ${isActive ? 'active' : ''}"
      role="option"
      aria-selected=${String(isActive)}
      aria-label=${bar.description}
      title=${bar.description}
      @click=${() => this.#choose(index)}
    >
      <span class="rank">${bar.rank}</span>
      <span class="label">${bar.label}</span>
      ${barDrawing(bar.value / end, bar.mark / end)}
      <span class="value">${bar.valueText}</span>
      <span class="detail">${bar.detailText}</span>
    </div>`;
  }

  readonly #press = (event: KeyboardEvent): void => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === 'Enter' || event.key === ' ') {
      event.preventDefault();
      this.#choose(this.active);
      return;
    }
    const next = nextChoice(event.key, this.active, this.#bars.length);
    if (next === undefined) return;
    event.preventDefault();
    this.active = next;
    void this.updateComplete.then(() =>
      this.renderRoot.querySelector(`#bar-${String(next)}`)?.scrollIntoView({ block: 'nearest' }),
    );
  };

  #choose(index: number): void {
    const bar = this.#bars[index];
    if (bar === undefined || this.options?.isDisabled === true) return;
    this.active = index;
    this.options?.onChoose(bar.id);
  }

  static override readonly styles = css`
    :host {
      display: block;
      min-width: 0;
      container-type: inline-size;
    }

    .row {
      display: grid;
      grid-template-columns: 2.2em minmax(4.5em, 1.1fr) minmax(40px, 2fr) 4.6em 4.4em;
      align-items: center;
      column-gap: 8px;
      padding: 0 6px;
      line-height: 22px;
      font-variant-numeric: tabular-nums;
    }

    .head {
      color: var(--glassbox-muted);
      font-size: 0.9em;
    }

    .list {
      outline: none;
    }

    .list .row {
      /* Rows out of sight are not laid out and not drawn: bars change at every frame while a slider is dragged. */
      content-visibility: auto;
      contain-intrinsic-block-size: 22px;
      cursor: pointer;
    }

    .list .row:hover {
      background: var(--vscode-list-hoverBackground);
      outline: 1px dashed var(--glassbox-outline);
      outline-offset: -1px;
    }

    .list .row.active {
      background: var(--vscode-list-inactiveSelectionBackground);
      outline: 1px dotted var(--glassbox-outline);
      outline-offset: -1px;
    }

    .list:focus-visible .row.active {
      outline: 1px solid var(--vscode-focusBorder);
      outline-offset: -1px;
    }

    .rank,
    .value,
    .detail {
      text-align: right;
      white-space: nowrap;
    }

    .rank,
    .detail {
      color: var(--glassbox-muted);
    }

    .label {
      overflow: hidden;
      text-overflow: ellipsis;
      white-space: pre;
      font-family: var(--vscode-editor-font-family, monospace);
    }

    .axis {
      display: flex;
      justify-content: space-between;
    }

    .bar {
      display: block;
      width: 100%;
      height: 14px;
      color: var(--glassbox-accent);
      overflow: visible;
    }

    .bar .fill {
      fill: currentColor;
    }

    .bar .mark {
      stroke: var(--vscode-editor-foreground);
      stroke-width: 1.5;
    }

    .out .label,
    .out .value,
    .out .rank {
      color: var(--vscode-disabledForeground, var(--glassbox-muted));
    }

    .out .label {
      text-decoration: line-through;
    }

    .out .fill {
      fill: none;
      stroke: var(--glassbox-muted);
      stroke-dasharray: 2 2;
    }

    @container (max-width: 380px) {
      .detail {
        display: none;
      }

      .row {
        grid-template-columns: 1.6em minmax(4em, 1.3fr) minmax(30px, 1.6fr) 4.6em;
      }
    }
  `;
}

/** The bar from the left edge, and a line at the marked value; shares of the width. */
function barDrawing(length: number, mark: number): TemplateResult {
  const [width, x] = [length, mark].map((share) => `${String(Math.min(1, share) * 100)}%`);
  return html`<svg class="bar" aria-hidden="true">
    ${svg`<rect class="fill" x="0" y="2" width=${width!} height="10"></rect>
      <line class="mark" x1=${x!} x2=${x!} y1="0" y2="14"></line>`}
  </svg>`;
}
