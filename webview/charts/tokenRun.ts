import { html, LitElement, type PropertyValues, type TemplateResult } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { guard } from 'lit/directives/guard.js';
import { tokenRunStyles } from './tokenRunStyles.js';

/** A stretch of text as one box of a {@link TokenRun}. */
export interface TokenBox {
  /** UTF-16 offsets in the whole text, half-open. */
  readonly start: number;
  readonly end: number;
  /** What stands in the box. */
  readonly label: string;
  /** Index into the cycle of tints. */
  readonly tint: number;
  /** How many tokens it stands for. */
  readonly tokenCount: number;
  /** Marks a place at which other tokenizers cut differently. */
  readonly differs: boolean;
  /** What a screen reader says. */
  readonly description: string;
}

/** A stretch of text that is pointed at. */
export interface PointedRange {
  readonly start: number;
  readonly end: number;
}

/** Number of tints after which the cycle begins again. */
export const tintCount = 6;

/** Events of a {@link TokenRun}: somebody points at a stretch of text (with nothing: at none any more), or chooses it. */
export type TokenRunEvent = CustomEvent<PointedRange | undefined>;

/**
 * Boxes of text in a row that wraps: the tokens of a text, or their ids. One stop of the tab key; arrows move inside.
 * Fires `point` and `choose`, both a {@link TokenRunEvent}. Set {@link TokenRun.pointed} to light up what belongs to the
 * same text in another run.
 */
@customElement('glassbox-token-run')
export class TokenRun extends LitElement {
  static override readonly styles = tokenRunStyles;

  /** What the run is, for screen readers. */
  @property() accessor label = '';
  /** `text`: boxes flow like the text they are. `chips`: boxes stand apart. */
  @property({ reflect: true }) accessor flow: 'text' | 'chips' = 'text';
  /** In the order of the text. */
  @property({ attribute: false }) accessor boxes: readonly TokenBox[] = [];
  @property({ attribute: false }) accessor pointed: PointedRange | undefined;
  #active = 0;
  #lit: readonly Element[] = [];

  protected override render(): TemplateResult {
    return html`<div
      role="listbox"
      aria-label=${this.label}
      @pointerover=${this.#pointAt}
      @pointerleave=${() => this.#tell('point', undefined)}
      @focusin=${this.#pointAt}
      @click=${this.#chooseAt}
      @keydown=${this.#move}
    >
      ${guard([this.boxes], () => this.boxes.map((box, index) => boxTemplate(box, index)))}
    </div>`;
  }

  protected override updated(changed: PropertyValues<this>): void {
    if (changed.has('boxes')) this.#activate(Math.min(this.#active, Math.max(0, this.boxes.length - 1)));
    if (changed.has('boxes') || changed.has('pointed')) this.#lightUp();
  }

  get #elements(): HTMLCollection {
    return this.renderRoot.querySelector('[role=listbox]')!.children;
  }

  /** By hand, not by rendering: pointing must cost nothing, and there may be thousands of boxes. */
  #lightUp(): void {
    for (const element of this.#lit) element.classList.remove('pointed');
    const { pointed, boxes } = this;
    if (pointed === undefined) {
      this.#lit = [];
      return;
    }
    const first = boxes.findIndex(({ end }) => end > pointed.start);
    const after = boxes.findIndex(({ start }) => start >= pointed.end);
    const elements = this.#elements;
    const indices = first < 0 ? [] : range(first, after < 0 ? boxes.length : after);
    this.#lit = indices.flatMap((index) => elements[index] ?? []);
    for (const element of this.#lit) element.classList.add('pointed');
  }

  readonly #pointAt = (event: Event): void => {
    const index = indexOf(event.target);
    if (index === undefined) return;
    if (event.type === 'focusin') this.#activate(index);
    this.#tell('point', this.boxes[index]);
  };

  readonly #chooseAt = (event: Event): void => {
    const index = indexOf(event.target);
    if (index !== undefined) this.#tell('choose', this.boxes[index]);
  };

  readonly #move = (event: KeyboardEvent): void => {
    if (event.key === 'Enter' || event.key === ' ') {
      event.preventDefault();
      this.#chooseAt(event);
      return;
    }
    const last = this.boxes.length - 1;
    const targets: Readonly<Record<string, number>> = {
      ArrowLeft: this.#active - 1,
      ArrowUp: this.#active - 1,
      ArrowRight: this.#active + 1,
      ArrowDown: this.#active + 1,
      Home: 0,
      End: last,
    };
    const target = targets[event.key];
    if (target === undefined || last < 0) return;
    event.preventDefault();
    const element = this.#elements[Math.min(Math.max(target, 0), last)];
    if (element instanceof HTMLElement) element.focus();
  };

  /** Makes a box the one that the tab key comes back to. */
  #activate(index: number): void {
    const elements = this.#elements;
    elements[this.#active]?.setAttribute('tabindex', '-1');
    elements[index]?.setAttribute('tabindex', '0');
    this.#active = index;
  }

  #tell(type: 'point' | 'choose', detail: PointedRange | undefined): void {
    this.dispatchEvent(new CustomEvent(type, { detail }));
  }
}

/** A {@link TokenRun} that tells nobody. */
export function tokenRun(label: string, boxes: readonly TokenBox[]): TemplateResult {
  return html`<glassbox-token-run .label=${label} .boxes=${boxes}></glassbox-token-run>`;
}

function boxTemplate({ label, tint, tokenCount, differs, description }: TokenBox, index: number): TemplateResult {
  const classes = `tint-${tint % tintCount}${differs ? ' differs' : ''}${tokenCount > 1 ? ' several' : ''}`;
  return html`<span
    class=${classes}
    role="option"
    tabindex="-1"
    aria-label=${description}
    data-index=${index}
    data-count=${tokenCount}
    >${label}</span
  >`;
}

function indexOf(target: EventTarget | null): number | undefined {
  const index = target instanceof HTMLElement ? target.dataset.index : undefined;
  return index === undefined ? undefined : Number(index);
}

function range(start: number, end: number): readonly number[] {
  return Array.from({ length: Math.max(0, end - start) }, (_, offset) => start + offset);
}
