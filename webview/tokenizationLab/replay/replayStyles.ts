import { css } from 'lit';
import { spanGridStyles } from '../../charts/spanGrid.js';
import { labStyles } from '../labView.js';

/** Styles of the replay. */
export const replayStyles = [
  ...labStyles,
  spanGridStyles,
  css`
    .text-area {
      width: 100%;
    }

    .transport {
      gap: 2px;
    }

    input[type='range'] {
      accent-color: var(--vscode-focusBorder);
    }

    .track {
      flex: 1 1 8rem;
      min-width: 6rem;
      margin: 0 8px;
    }

    .count {
      min-width: 8em;
      font-variant-numeric: tabular-nums;
    }

    .speed {
      display: flex;
      align-items: center;
      gap: 6px;
      min-width: 14rem;
    }

    .speed input {
      width: 5rem;
    }

    .step {
      min-height: 1.4em;
    }

    .stage {
      display: grid;
      gap: 8px;
      align-content: start;
      min-height: 7em;
      padding: 10px;
      border: 1px solid var(--glassbox-border);
    }

    .chips,
    .tokens {
      display: flex;
      flex-wrap: wrap;
      gap: 4px;
      margin: 0;
      padding: 0;
      list-style: none;
    }

    .chips li,
    .tokens li {
      padding: 2px 6px;
      border: 1px solid var(--glassbox-border);
      border-radius: 3px;
    }
  `,
];
