import './toolkit.js';
import { css, html, type TemplateResult } from 'lit';

/** A message in the place of what it is about; `error` is read out at once, `status` when there is time. */
export function notice(kind: 'error' | 'status', message: string): TemplateResult {
  return html`<p class="notice ${kind}" role=${kind === 'error' ? 'alert' : 'status'}>${message}</p>`;
}

/** Shows that something is on its way. */
export function busy(label: string): TemplateResult {
  return html`<vscode-progress-ring class="busy" aria-label=${label}></vscode-progress-ring>`;
}

/** Styles of {@link notice} and {@link busy}, for the component that shows them. */
export const noticeStyles = css`
  .notice {
    margin: 0;
    padding: 6px 10px;
    border: 1px solid var(--glassbox-border);
    color: var(--glassbox-muted);
  }

  .notice.error {
    color: var(--vscode-inputValidation-errorForeground, var(--vscode-errorForeground));
    background: var(--vscode-inputValidation-errorBackground);
    border-color: var(--vscode-inputValidation-errorBorder);
  }

  .busy {
    width: 16px;
    height: 16px;
  }
`;
