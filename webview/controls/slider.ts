import { css, html, nothing, type TemplateResult } from 'lit';
import { live } from 'lit/directives/live.js';

/** A number that is dragged or typed. */
export interface SliderOptions {
  readonly label: string;
  readonly value: number;
  readonly min: number;
  /** End of the track. A typed value may be larger, up to `typedMax`. */
  readonly max: number;
  readonly typedMax?: number;
  readonly step: number;
  /** What the value does, in a few words below the track; also what screen readers say of it. */
  readonly meaning: string;
  readonly disabled?: boolean;
  /** While it is dragged, and with every valid number that is typed. */
  readonly onInput: (value: number) => void;
  /** When it is let go. */
  readonly onCommit: () => void;
}

/** A label, a track and a field for the same number. Needs {@link sliderStyles}. */
export function slider(options: SliderOptions): TemplateResult {
  const { label, value, min, max, step, meaning, disabled = false, onCommit } = options;
  return html`<div class="slider" role="group" aria-label=${label}>
    <span class="slider-label" aria-hidden="true">${label}</span>
    <input
      class="slider-track"
      type="range"
      min=${min}
      max=${max}
      step=${step}
      .value=${live(String(Math.min(max, value)))}
      ?disabled=${disabled}
      aria-label=${label}
      aria-valuetext=${`${String(value)}, ${meaning}`}
      @input=${(event: InputEvent) => read(event, options)}
      @change=${onCommit}
    />
    <input
      class="slider-field"
      type="number"
      min=${min}
      max=${options.typedMax ?? max}
      step=${step}
      .value=${live(String(value))}
      ?disabled=${disabled}
      aria-label=${label}
      @change=${(event: Event) => {
        read(event, options);
        onCommit();
      }}
    />
    <span class="slider-meaning" aria-hidden="true">${meaning === '' ? nothing : meaning}</span>
  </div>`;
}

function read(event: Event, { min, max, typedMax = max, onInput }: SliderOptions): void {
  const field = event.currentTarget as HTMLInputElement;
  const value = field.valueAsNumber;
  if (!Number.isNaN(value)) onInput(Math.min(typedMax, Math.max(min, value)));
}

/** Styles of {@link slider}, for the component that shows it. */
export const sliderStyles = css`
  .slider {
    display: grid;
    grid-template: 'label field' auto 'track track' auto 'meaning meaning' auto / minmax(0, 1fr) 5em;
    align-items: center;
    column-gap: 10px;
    row-gap: 1px;
    min-width: 0;
  }

  .slider-label {
    grid-area: label;
    align-self: start;
    line-height: 24px;
    overflow: hidden;
    text-overflow: ellipsis;
    white-space: nowrap;
  }

  .slider-track {
    grid-area: track;
    appearance: none;
    width: 100%;
    height: 24px;
    margin: 0;
    background: transparent;
    cursor: pointer;
  }

  .slider-track::-webkit-slider-runnable-track {
    height: 4px;
    border: 1px solid var(--glassbox-outline);
    border-radius: 2px;
    background: color-mix(in srgb, var(--vscode-editor-foreground) 24%, transparent);
  }

  .slider-track::-webkit-slider-thumb {
    appearance: none;
    box-sizing: border-box;
    width: 14px;
    height: 14px;
    margin-top: -6px;
    border: 2px solid var(--vscode-editor-background);
    border-radius: 50%;
    background: var(--glassbox-accent);
  }

  .slider-track:focus-visible {
    outline: 1px solid var(--vscode-focusBorder);
    outline-offset: 0;
  }

  .slider-field {
    grid-area: field;
    box-sizing: border-box;
    width: 100%;
    height: 24px;
    padding: 0 4px 0 6px;
    color: var(--vscode-input-foreground);
    background: var(--vscode-input-background);
    border: 1px solid var(--vscode-input-border, var(--glassbox-border));
    border-radius: 2px;
    font: inherit;
    font-variant-numeric: tabular-nums;
  }

  .slider-field:focus-visible {
    outline: 1px solid var(--vscode-focusBorder);
    outline-offset: -1px;
  }

  .slider :disabled {
    opacity: 0.5;
    cursor: default;
  }

  .slider-meaning {
    grid-area: meaning;
    min-width: 0;
    color: var(--glassbox-muted);
    font-size: 0.9em;
    line-height: 1.35;
  }
`;
