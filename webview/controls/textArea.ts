import './toolkit.js';
import { html, type TemplateResult } from 'lit';

/** A field for text of several lines. */
export interface TextAreaOptions {
  /** Stands above the field; may be empty when there is a `name`. */
  readonly label: string;
  /** What screen readers call it, where the label does not say it. */
  readonly name?: string;
  readonly value: string;
  readonly placeholder?: string;
  readonly rows?: number;
  readonly readOnly?: boolean;
  /** Called with the whole text after every change of it. */
  readonly onInput: (value: string) => void;
}

/**
 * A field for text of several lines, as wide as its place. The toolkit takes the field's name from the text inside it and
 * from nowhere else, so a name that is not to be seen stands there hidden.
 */
export function textArea({
  label,
  name = label,
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
    >${label === '' ? html`<span hidden>${name}</span>` : label}</vscode-text-area
  >`;
}
