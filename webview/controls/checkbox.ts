import './toolkit.js';
import { html, type TemplateResult } from 'lit';

/** Something that is on or off. */
export interface CheckboxOptions {
  readonly label: string;
  readonly checked: boolean;
  readonly onToggle: (checked: boolean) => void;
}

/** A box to be ticked. */
export function checkbox({ label, checked, onToggle }: CheckboxOptions): TemplateResult {
  return html`<vscode-checkbox
    .checked=${checked}
    @change=${(event: Event) => onToggle((event.currentTarget as HTMLInputElement).checked)}
    >${label}</vscode-checkbox
  >`;
}
