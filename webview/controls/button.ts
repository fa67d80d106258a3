import './toolkit.js';
import { html, nothing, type TemplateResult } from 'lit';

/** A button with words. */
export interface ButtonOptions {
  readonly label: string;
  readonly onPress: () => void;
  /** The one button that is meant to be pressed next looks like it. */
  readonly primary?: boolean;
  readonly disabled?: boolean;
  /** Explains the button where the label alone does not. */
  readonly title?: string;
}

/** A push button. */
export function button({ label, onPress, primary = false, disabled = false, title }: ButtonOptions): TemplateResult {
  return html`<vscode-button
    appearance=${primary ? 'primary' : 'secondary'}
    title=${title ?? nothing}
    ?disabled=${disabled}
    @click=${onPress}
    >${label}</vscode-button
  >`;
}

/** A button with a drawing. */
export interface IconButtonOptions {
  /** What it does, for screen readers and as a tip. */
  readonly label: string;
  /** An `svg` in `currentColor`, 16 by 16. */
  readonly icon: TemplateResult;
  readonly onPress: () => void;
  readonly disabled?: boolean;
  /** For a button that stays down: whether it is down. */
  readonly pressed?: boolean;
}

/** A push button without words. */
export function iconButton({ label, icon, onPress, disabled = false, pressed }: IconButtonOptions): TemplateResult {
  return html`<vscode-button
    appearance="icon"
    aria-label=${label}
    aria-pressed=${pressed === undefined ? nothing : String(pressed)}
    title=${label}
    ?disabled=${disabled}
    @click=${onPress}
    >${icon}</vscode-button
  >`;
}
