import { css, html, type TemplateResult } from 'lit';

/** A choice among several, of which one is in sight. */
export interface SelectOptions<T extends string> {
  readonly label: string;
  readonly choices: readonly { readonly value: T; readonly label: string }[];
  readonly value: T;
  readonly onChoose: (value: T) => void;
}

/** The browser's own list of choices in the editor's colours. Needs {@link selectStyles}. */
export function select<T extends string>({ label, choices, value, onChoose }: SelectOptions<T>): TemplateResult {
  return html`<select
    class="select"
    aria-label=${label}
    @change=${(event: Event) => onChoose((event.currentTarget as HTMLSelectElement).value as T)}
  >
    ${choices.map((choice) => html`<option value=${choice.value} ?selected=${choice.value === value}>${choice.label}</option>`)}
  </select>`;
}

/** Styles of {@link select}, for the component that shows it. */
export const selectStyles = css`
  .select {
    height: 26px;
    padding: 0 6px;
    color: var(--vscode-dropdown-foreground);
    background: var(--vscode-dropdown-background);
    border: 1px solid var(--vscode-dropdown-border);
    border-radius: 2px;
    font: inherit;
  }

  .select:focus-visible {
    outline: 1px solid var(--vscode-focusBorder);
  }
`;
