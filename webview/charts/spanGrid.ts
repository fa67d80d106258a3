import { css, html, type TemplateResult } from 'lit';

/** A piece that lies over some characters of a word. */
export interface SpanBar {
  /** Characters, half-open. */
  readonly start: number;
  readonly end: number;
  readonly label: string;
  /** A smaller second line; empty for none. */
  readonly note: string;
  /** `open`: not looked at yet. `tried`: looked at and not it. `known`: possible. `chosen`: part of the result. */
  readonly state: 'open' | 'tried' | 'known' | 'chosen';
}

/** A word with pieces over it. */
export interface SpanGridOptions {
  /** What the picture is, for screen readers; its numbers are in a table beside it. */
  readonly label: string;
  readonly characters: readonly string[];
  /** A line below each character; empty for none. */
  readonly characterNotes: readonly string[];
  readonly bars: readonly SpanBar[];
}

/**
 * A word with pieces over it: the searches of a greedy match, or the lattice of all pieces. The rows fill themselves.
 * Needs {@link spanGridStyles}.
 */
export function spanGrid({ label, characters, characterNotes, bars }: SpanGridOptions): TemplateResult {
  return html`<div class="span-grid" role="img" aria-label=${label}>
    ${characters.map(
      (character, index) =>
        html`<div class="character" .style=${`grid-column: ${index + 1}`}>
          <span>${character}</span
          >${characterNotes.length === 0 ? '' : html`<small>${characterNotes[index] || '\u00a0'}</small>`}
        </div>`,
    )}
    ${bars.map(
      ({ start, end, label: text, note, state }) =>
        html`<div class="piece ${state}" .style=${`grid-column: ${start + 1} / ${end + 1}`}>
          <span>${text}</span>${note === '' ? '' : html`<small>${note}</small>`}
        </div>`,
    )}
  </div>`;
}

/** Styles of {@link spanGrid}, for the component that shows it. */
export const spanGridStyles = css`
  .span-grid {
    overflow-x: auto;
    display: grid;
    grid-auto-flow: dense;
    grid-auto-columns: minmax(3.6em, 1fr);
    gap: 3px;
    font-family: var(--vscode-editor-font-family);
    font-size: var(--vscode-editor-font-size);
    text-align: center;
  }

  .span-grid .character {
    grid-row: 1;
    padding: 2px 0;
    border-bottom: 2px solid var(--vscode-editor-foreground);
  }

  .span-grid .piece {
    padding: 1px 4px;
    border: 1px solid var(--vscode-descriptionForeground);
    border-radius: 3px;
  }

  .span-grid .open {
    visibility: hidden;
  }

  .span-grid .tried {
    border-style: dotted;
    color: var(--glassbox-muted);
    text-decoration: line-through;
  }

  .span-grid .chosen {
    border: 2px solid var(--vscode-focusBorder);
    color: var(--vscode-list-activeSelectionForeground, var(--vscode-editor-foreground));
    background: var(--vscode-list-activeSelectionBackground, transparent);
  }

  .span-grid span,
  .span-grid small {
    white-space: pre;
  }

  .span-grid small {
    display: block;
    font-size: 0.75em;
  }
`;
