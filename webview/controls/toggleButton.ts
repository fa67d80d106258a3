import { css, html, type TemplateResult } from 'lit';

/** A button with a drawing that stays down. */
export interface ToggleButtonOptions {
  /** What it does while it is down; the same in both states, as ARIA wants. */
  readonly label: string;
  /** A tip that may say more, and differ between the states. */
  readonly title: string;
  /** An `svg` in `currentColor`, 16 by 16. */
  readonly icon: TemplateResult;
  readonly isPressed: boolean;
  readonly onPress: () => void;
}

/**
 * A button that stays down. The browser's own, because the toolkit's does not tell screen readers that it is pressed.
 * Needs {@link toggleButtonStyles}.
 */
export function toggleButton({ label, title, icon, isPressed, onPress }: ToggleButtonOptions): TemplateResult {
  return html`<button
    class="toggle-button"
    aria-label=${label}
    aria-pressed=${String(isPressed)}
    title=${title}
    @click=${onPress}
  >
    ${icon}
  </button>`;
}

/** Styles of {@link toggleButton}, for the component that shows it. */
export const toggleButtonStyles = css`
  .toggle-button {
    display: grid;
    place-items: center;
    flex: none;
    width: 24px;
    height: 24px;
    padding: 0;
    color: var(--vscode-icon-foreground, inherit);
    background: none;
    border: 1px solid transparent;
    border-radius: 4px;
    cursor: pointer;
  }

  .toggle-button:hover {
    background: var(--vscode-toolbar-hoverBackground);
    border: 1px dashed var(--glassbox-outline);
  }

  .toggle-button[aria-pressed='true'] {
    color: var(--vscode-inputOption-activeForeground);
    background: var(--vscode-inputOption-activeBackground);
    border: 1px solid var(--vscode-inputOption-activeBorder);
  }

  .toggle-button:focus-visible {
    outline: 1px solid var(--vscode-focusBorder);
    outline-offset: 0;
  }
`;
