import './toolkit.js';
import { html, type TemplateResult } from 'lit';

/** A field for text of several lines. */
export interface TextAreaOptions {
  readonly label: string;
  readonly value: string;
  readonly placeholder?: string;
  readonly rows?: number;
  readonly readOnly?: boolean;
  /** Called with the whole text after every change of it. */
  readonly onInput: (value: string) => void;
}

/** A field for text of several lines, as wide as its place. */
export function textArea({
  label,
  value,
  placeholder = '',
  rows = 5,
  readOnly = false,
  onInput,
}: TextAreaOptions): TemplateResult {
  return html`<vscode-text-area
    class="text-area"
    resize="vertical"
    rows=${rows}
    placeholder=${placeholder}
    ?readonly=${readOnly}
    .value=${value}
    @input=${(event: InputEvent) => onInput((event.currentTarget as HTMLTextAreaElement).value)}
    >${label}</vscode-text-area
  >`;
}
