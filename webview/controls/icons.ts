import { svg, html, type TemplateResult } from 'lit';

/** Drawings for buttons, 16 by 16, in the colour of the text around them. */
export const icons = {
  add: icon(svg`<path d="M8 2.5v11M2.5 8h11" />`),
  close: icon(svg`<path d="M3.5 3.5l9 9M12.5 3.5l-9 9" />`),
  copy: icon(svg`<path d="M5.5 5.5v-3h8v8h-3M2.5 5.5h8v8h-8z" />`),
  play: icon(svg`<path d="M5 3l8 5-8 5z" fill="currentColor" />`),
  pause: icon(svg`<path d="M5.5 3v10M10.5 3v10" stroke-width="2" />`),
  previous: icon(svg`<path d="M10 3L5 8l5 5" />`),
  next: icon(svg`<path d="M6 3l5 5-5 5" />`),
  first: icon(svg`<path d="M12 3L7 8l5 5M4 3v10" />`),
  last: icon(svg`<path d="M4 3l5 5-5 5M12 3v10" />`),
};

function icon(shape: TemplateResult<2>): TemplateResult {
  return html`<svg
    width="16"
    height="16"
    viewBox="0 0 16 16"
    fill="none"
    stroke="currentColor"
    stroke-width="1.2"
    stroke-linecap="round"
    stroke-linejoin="round"
    aria-hidden="true"
  >
    ${shape}
  </svg>`;
}
