import { css, html, svg, type TemplateResult } from 'lit';

/** One part of a whole. */
export interface BarSegment {
  readonly label: string;
  /** In any unit; the bar shows shares of the sum. */
  readonly amount: number;
  /** The amount as people read it, unit included. */
  readonly amountText: string;
  /** Set back: it frames the others (control tokens). */
  readonly isMuted?: boolean;
}

/** Colours that follow each other without repeating; the edges between them tell segments apart where colours cannot. */
const hues = ['blue', 'green', 'yellow', 'purple', 'red', 'orange'] as const;

/** Which of the bar's colours a segment has: for the mark beside its line in a list. */
export function segmentClass(index: number, { isMuted = false }: Pick<BarSegment, 'isMuted'>): string {
  return `segment ${isMuted ? 'muted' : (hues[index % hues.length] ?? 'blue')}`;
}

/** A bar that is divided as a whole is divided. Needs {@link segmentBarStyles}; the list beside it says the same in words. */
export function segmentBar(segments: readonly BarSegment[], label: string): TemplateResult {
  const total = segments.reduce((sum, { amount }) => sum + amount, 0);
  let start = 0;
  const parts = segments.map((segment, index) => {
    const x = total === 0 ? 0 : (100 * start) / total;
    const width = total === 0 ? 0 : (100 * segment.amount) / total;
    start += segment.amount;
    return svg`<rect class=${segmentClass(index, segment)} x=${`${x}%`} width=${`${width}%`} y="0" height="100%">
      <title>${segment.label}: ${segment.amountText}</title></rect>`;
  });
  const words = segments.map((segment) => `${segment.label} ${segment.amountText}`).join(', ');
  return html`<svg class="segment-bar" role="img" aria-label=${`${label}: ${words}`}>${parts}</svg>`;
}

/** The colour of a segment, beside its line in a list. */
export function segmentSwatch(index: number, segment: Pick<BarSegment, 'isMuted'>): TemplateResult {
  return html`<svg class="segment-swatch" aria-hidden="true">
    <rect class=${segmentClass(index, segment)} width="100%" height="100%"></rect>
  </svg>`;
}

/** Styles of {@link segmentBar}, for the component that shows it. */
export const segmentBarStyles = css`
  .segment-bar {
    display: block;
    width: 100%;
    height: 18px;
  }

  .segment-swatch {
    width: 10px;
    height: 10px;
    flex: none;
  }

  .segment {
    stroke: var(--vscode-editor-background);
    stroke-width: 1px;
  }

  .segment.blue {
    fill: var(--vscode-charts-blue);
  }
  .segment.green {
    fill: var(--vscode-charts-green);
  }
  .segment.orange {
    fill: var(--vscode-charts-orange);
  }
  .segment.purple {
    fill: var(--vscode-charts-purple);
  }
  .segment.yellow {
    fill: var(--vscode-charts-yellow);
  }
  .segment.red {
    fill: var(--vscode-charts-red);
  }
  .segment.muted {
    fill: var(--glassbox-muted);
  }
`;
