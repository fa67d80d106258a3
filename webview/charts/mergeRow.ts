import { css, html, LitElement, type PropertyValues, type TemplateResult } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { repeat } from 'lit/directives/repeat.js';

/** A symbol in a row of symbols that grow together. */
export interface MergeBox {
  /** Which of the first symbols it was made of, half-open. */
  readonly start: number;
  readonly end: number;
  readonly label: string;
  /** A smaller second line; empty for none. */
  readonly note: string;
  /** True for the one that was just made. */
  readonly isNew: boolean;
}

const moveMs = 140;

/**
 * Symbols in a row. When two become one, the others move together, unless the user wants no movement. Only transforms
 * are animated, so that the compositor does it and no frame waits for layout.
 */
@customElement('glassbox-merge-row')
export class MergeRow extends LitElement {
  static override readonly styles = css`
    ul {
      display: flex;
      flex-wrap: wrap;
      gap: 4px;
      margin: 0;
      padding: 0;
      list-style: none;
    }

    li {
      padding: 3px 7px;
      border: 1px solid var(--vscode-descriptionForeground);
      border-radius: 3px;
      background: var(--vscode-editor-background);
      text-align: center;
      font-family: var(--vscode-editor-font-family);
      font-size: var(--vscode-editor-font-size);
    }

    span,
    small {
      white-space: pre;
    }

    li.new {
      color: var(--vscode-list-activeSelectionForeground, var(--vscode-editor-foreground));
      background: var(--vscode-list-activeSelectionBackground, var(--vscode-editor-background));
      border: 2px solid var(--vscode-focusBorder);
      padding: 2px 6px;
    }

    small {
      display: block;
      color: var(--glassbox-muted);
      font-size: 0.75em;
    }

    .new small {
      color: inherit;
    }
  `;

  /** What the row is, for screen readers. */
  @property() accessor label = '';
  @property({ attribute: false }) accessor boxes: readonly MergeBox[] = [];
  /** Place of each box on the screen before the change, by the index of its first symbol. */
  #before = new Map<string, DOMRect>();

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (changed.has('boxes') && this.hasUpdated) this.#before = this.#places();
  }

  protected override render(): TemplateResult {
    return html`<ul aria-label=${this.label}>
      ${repeat(
        this.boxes,
        ({ start }) => start,
        ({ start, label, note, isNew }) =>
          html`<li data-start=${start} class=${isNew ? 'new' : ''}>
            <span>${label}</span>${note === '' ? '' : html`<small>${note}</small>`}
          </li>`,
      )}
    </ul>`;
  }

  protected override updated(): void {
    if (matchMedia('(prefers-reduced-motion: reduce)').matches) return;
    const moves: (readonly [Element, number, number])[] = [];
    // All places are read before any movement begins: one layout, not one for each box.
    for (const [start, place] of this.#places()) {
      const before = this.#before.get(start);
      const element = this.renderRoot.querySelector(`[data-start='${start}']`);
      if (before === undefined || element === null) continue;
      const [x, y] = [before.left - place.left, before.top - place.top];
      if (x !== 0 || y !== 0) moves.push([element, x, y]);
    }
    for (const [element, x, y] of moves) {
      element.animate([{ transform: `translate(${x}px, ${y}px)` }, { transform: 'none' }], {
        duration: moveMs,
        easing: 'ease-out',
      });
    }
  }

  #places(): Map<string, DOMRect> {
    const boxes = this.renderRoot.querySelectorAll<HTMLElement>('li');
    return new Map(Array.from(boxes, (box) => [box.dataset.start ?? '', box.getBoundingClientRect()]));
  }
}

/** A {@link MergeRow}. */
export function mergeRow(label: string, boxes: readonly MergeBox[]): TemplateResult {
  return html`<glassbox-merge-row .label=${label} .boxes=${boxes}></glassbox-merge-row>`;
}
