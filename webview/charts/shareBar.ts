import { css, html, svg, type SVGTemplateResult, type TemplateResult } from 'lit';

/** How a part of a whole is filled: patterns tell the parts apart where colours cannot. */
export type ShareFill = 'solid' | 'rising' | 'falling' | 'dotted';

/** A part of a whole. */
export interface Share {
  readonly label: string;
  /** 0 to 1. */
  readonly share: number;
  readonly fill: ShareFill;
}

/**
 * One bar that stands for a whole, divided into parts, with a legend that says the same in words. Needs
 * {@link shareBarStyles}.
 *
 * @param describe writes a share as the user's language does
 */
export function shareBar(shares: readonly Share[], describe: (share: number) => string): TemplateResult {
  let start = 0;
  const parts = shares.map((part) => ({ ...part, start: (start += part.share) - part.share }));
  return html`<svg class="share-bar" aria-hidden="true">
      ${patterns} ${parts.map(({ start: from, share, fill }) => shareRect(fill, percent(from), percent(share)))}
    </svg>
    <ul class="share-legend">
      ${parts.map(
        ({ label, share, fill }) =>
          html`<li>
            <svg class="share-swatch" aria-hidden="true">${shareRect(fill, '0%', '100%')}</svg>
            ${label} <b>${describe(share)}</b>
          </li>`,
      )}
    </ul>`;
}

function shareRect(fill: ShareFill, x: string, width: string): SVGTemplateResult {
  const paint = fill === 'solid' ? 'currentColor' : `url(#share-${fill})`;
  return svg`<rect class="share ${fill}" fill=${paint} x=${x} width=${width} height="100%"></rect>`;
}

function percent(share: number): string {
  return `${String(share * 100)}%`;
}

const tile = { patternUnits: 'userSpaceOnUse', size: 6 } as const;

const patterns = svg`<defs>
  <pattern id="share-rising" patternUnits=${tile.patternUnits} width=${tile.size} height=${tile.size}>
    <path class="share-line" d="M-1 1 L1 -1 M0 6 L6 0 M5 7 L7 5"></path>
  </pattern>
  <pattern id="share-falling" patternUnits=${tile.patternUnits} width=${tile.size} height=${tile.size}>
    <path class="share-line" d="M-1 5 L1 7 M0 0 L6 6 M5 -1 L7 1"></path>
  </pattern>
  <pattern id="share-dotted" patternUnits=${tile.patternUnits} width=${tile.size} height=${tile.size}>
    <circle class="share-dot" cx="2" cy="2" r="1.2"></circle>
    <circle class="share-dot" cx="5" cy="5" r="1.2"></circle>
  </pattern>
</defs>`;

/** Styles of {@link shareBar}, for the component that shows it. */
export const shareBarStyles = css`
  .share-bar {
    display: block;
    width: 100%;
    height: 12px;
    color: var(--glassbox-accent);
    border: 1px solid var(--glassbox-border);
    border-radius: 2px;
    box-sizing: border-box;
  }

  .share-line {
    stroke: var(--glassbox-muted);
    stroke-width: 1.2;
  }

  .share-dot {
    fill: var(--glassbox-muted);
  }

  .share-legend {
    display: flex;
    flex-wrap: wrap;
    gap: 2px 14px;
    margin: 5px 0 0;
    padding: 0;
    list-style: none;
  }

  .share-legend li {
    display: inline-flex;
    align-items: center;
    gap: 5px;
    font-variant-numeric: tabular-nums;
  }

  .share-swatch {
    width: 11px;
    height: 11px;
    color: var(--glassbox-accent);
    border: 1px solid var(--glassbox-border);
    box-sizing: border-box;
  }
`;
