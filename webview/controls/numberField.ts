import { css, html, type TemplateResult } from 'lit';
import { live } from 'lit/directives/live.js';

/** A whole number that is typed. */
export interface NumberFieldOptions {
  readonly label: string;
  readonly value: number;
  readonly min: number;
  readonly max: number;
  readonly onChange: (value: number) => void;
}

/** A short field for a whole number, its label before it. Needs {@link numberFieldStyles}. */
export function numberField({ label, value, min, max, onChange }: NumberFieldOptions): TemplateResult {
  const change = (event: Event): void => {
    const typed = (event.currentTarget as HTMLInputElement).valueAsNumber;
    // What is no number is put back.
    onChange(Number.isNaN(typed) ? value : Math.min(max, Math.max(min, Math.trunc(typed))));
  };
  return html`<label class="number-field">
    <span>${label}</span>
    <input type="number" min=${min} max=${max} step="1" .value=${live(String(value))} @change=${change} />
  </label>`;
}

/** Styles of {@link numberField}, for the component that shows it. */
export const numberFieldStyles = css`
  .number-field {
    display: inline-flex;
    align-items: center;
    gap: 6px;
  }

  .number-field input {
    box-sizing: border-box;
    width: 5em;
    height: 26px;
    padding: 0 4px 0 6px;
    color: var(--vscode-input-foreground);
    background: var(--vscode-input-background);
    border: 1px solid var(--vscode-input-border, var(--glassbox-border));
    border-radius: 2px;
    font: inherit;
    font-variant-numeric: tabular-nums;
  }

  .number-field input:focus-visible {
    outline: 1px solid var(--vscode-focusBorder);
    outline-offset: -1px;
  }
`;
