import { css, html, type TemplateResult } from 'lit';

/** One of several ways of which exactly one holds. */
export interface Choice<T extends string> {
  readonly value: T;
  readonly label: string;
  readonly disabled?: boolean;
}

/** A row of choices. */
export interface RadioBarOptions<T extends string> {
  readonly label: string;
  readonly choices: readonly Choice<T>[];
  readonly value: T;
  readonly onChoose: (value: T) => void;
}

/**
 * A row of choices, all in sight. The toolkit's radio group draws a column; these are the browser's own radio buttons, so
 * arrow keys and screen readers work as everywhere. Needs {@link radioBarStyles}.
 */
export function radioBar<T extends string>({ label, choices, value, onChoose }: RadioBarOptions<T>): TemplateResult {
  return html`<div class="radio-bar" role="radiogroup" aria-label=${label}>
    ${choices.map(
      (choice) =>
        html`<label class="radio">
          <input
            type="radio"
            name=${label}
            .checked=${choice.value === value}
            ?disabled=${choice.disabled ?? false}
            @change=${() => onChoose(choice.value)}
          />
          <span>${choice.label}</span>
        </label>`,
    )}
  </div>`;
}

/** Styles of {@link radioBar}, for the component that shows it. */
export const radioBarStyles = css`
  .radio-bar {
    display: inline-flex;
    flex-wrap: wrap;
    border: 1px solid var(--vscode-checkbox-border, var(--glassbox-border));
    border-radius: 3px;
  }

  .radio {
    position: relative;
    padding: 3px 9px;
    cursor: pointer;
  }

  .radio input {
    position: absolute;
    inset: 0;
    margin: 0;
    opacity: 0;
    cursor: inherit;
  }

  .radio:has(:checked) {
    color: var(--vscode-inputOption-activeForeground);
    background: var(--vscode-inputOption-activeBackground);
    --glassbox-chosen: var(--vscode-contrastActiveBorder, var(--vscode-inputOption-activeBorder));
    box-shadow:
      inset 0 0 0 1px var(--glassbox-chosen),
      inset 0 -3px 0 var(--glassbox-chosen);
  }

  .radio:has(:disabled) {
    color: var(--vscode-disabledForeground);
    cursor: default;
  }

  .radio:has(:focus-visible) {
    outline: 1px solid var(--vscode-focusBorder);
    outline-offset: 1px;
  }
`;
