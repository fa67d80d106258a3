import { css, html, type TemplateResult } from 'lit';

/**
 * A bar from the middle: to the right for what speaks for something, hatched to the left for what speaks against it, so
 * that direction and pattern say what the colour says. Needs {@link divergingBarStyles}.
 *
 * @param share from -1 (all of the left half) to 1 (all of the right half)
 */
export function divergingBar(share: number): TemplateResult {
  const width = Math.min(1, Math.abs(share)) * 50;
  const x = share >= 0 ? 50 : 50 - width;
  return html`<svg class="diverging-bar" aria-hidden="true">
    <defs>
      <pattern id="against" patternUnits="userSpaceOnUse" width="6" height="6" patternTransform="rotate(45)">
        <rect class="hatch" width="3" height="6"></rect>
      </pattern>
    </defs>
    <rect class=${share >= 0 ? 'for' : 'against'} x=${`${x}%`} width=${`${width}%`} y="2" height="12"></rect>
    <line class="middle" x1="50%" x2="50%" y1="0" y2="16"></line>
  </svg>`;
}

/** Styles of {@link divergingBar}, for the component that shows it. */
export const divergingBarStyles = css`
  .diverging-bar {
    display: block;
    width: 100%;
    height: 16px;
  }

  .diverging-bar .for {
    fill: var(--vscode-charts-blue, var(--vscode-editor-foreground));
  }

  .diverging-bar .against {
    fill: url(#against);
    stroke: var(--vscode-charts-yellow, var(--vscode-editor-foreground));
    stroke-width: 1px;
  }

  .diverging-bar .hatch {
    fill: var(--vscode-charts-yellow, var(--vscode-editor-foreground));
  }

  .diverging-bar .middle {
    stroke: var(--glassbox-muted);
    stroke-width: 1px;
  }
`;
