import { svg, html, type TemplateResult } from 'lit';

/** Drawings of 16 by 16 in the colour of the text. */
function icon(path: string): TemplateResult {
  return html`<svg width="16" height="16" viewBox="0 0 16 16" fill="none" stroke="currentColor" aria-hidden="true">
    ${svg`<path d=${path} stroke-linecap="round" stroke-linejoin="round"></path>`}
  </svg>`;
}

/** A pin. */
export const pinIcon = icon('M8 10.5 V14.5 M5.5 2.5 H10.5 L10 6.5 L12 8.5 V10.5 H4 V8.5 L6 6.5 Z');
/** An arrow to the left. */
export const backIcon = icon('M13 8 H3.5 M7.5 4 L3.5 8 L7.5 12');
/** An arrow that turns back. */
export const undoIcon = icon('M3.5 6.5 H9.5 A3.5 3.5 0 0 1 9.5 13.5 H6 M6.5 3.5 L3.5 6.5 L6.5 9.5');
/** An arrow that turns on. */
export const redoIcon = icon('M12.5 6.5 H6.5 A3.5 3.5 0 0 0 6.5 13.5 H10 M9.5 3.5 L12.5 6.5 L9.5 9.5');
/** A bin. */
export const removeIcon = icon('M3 4.5 H13 M6 4.5 V3 H10 V4.5 M4.5 4.5 L5 13.5 H11 L11.5 4.5 M7 7 V11 M9 7 V11');
