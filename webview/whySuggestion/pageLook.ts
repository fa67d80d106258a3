import { css } from 'lit';

/** A button that leads to a place in the editor. */
export const linkStyles = css`
  .link {
    padding: 0;
    border: 0;
    background: none;
    color: var(--vscode-textLink-foreground);
    font: inherit;
    text-align: start;
    text-decoration: underline;
    overflow-wrap: anywhere;
    cursor: pointer;
  }

  .link:focus-visible {
    outline: 1px solid var(--vscode-focusBorder);
    outline-offset: 1px;
  }
`;

/** Dots above what comes from memory: no other mark is above a token, so its shape tells it without its colour. */
export const memoryMarkStyles = css`
  .memory-mark {
    border-top: 3px dotted var(--vscode-charts-blue, var(--vscode-editor-foreground));
  }
`;

/** How the page is laid out. */
export const pageLook = css`
  :host {
    --bar: 220px;
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    gap: 18px;
    padding: 12px 16px 24px;
    max-width: 900px;
  }

  h1 {
    margin: 0;
    font-size: 1.25em;
    font-weight: 600;
  }

  h2 {
    margin: 0 0 6px;
    font-size: 1.05em;
    font-weight: 600;
  }

  p {
    margin: 0 0 6px;
  }

  .note {
    color: var(--glassbox-muted);
  }

  .head {
    display: grid;
    gap: 6px;
  }

  .controls,
  .progress {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 8px 14px;
    margin-bottom: 8px;
  }

  progress {
    flex: 1;
    min-width: 120px;
    max-width: 320px;
    height: 6px;
    accent-color: var(--vscode-progressBar-background);
  }

  .text-area {
    width: 100%;
    margin-bottom: 8px;
  }

  .legend,
  .parts,
  .changes {
    margin: 6px 0;
    padding: 0;
    list-style: none;
  }

  .legend {
    display: flex;
    flex-wrap: wrap;
    gap: 2px 16px;
  }

  .legend li,
  .parts li {
    display: flex;
    align-items: center;
    gap: 8px;
  }

  .parts b {
    margin-inline-start: auto;
    font-variant-numeric: tabular-nums;
  }

  .parts li {
    padding: 1px 0;
    border-bottom: 1px solid var(--glassbox-border);
  }

  glassbox-token-row,
  section > .data-table {
    margin-bottom: 10px;
  }

  span.memory-mark {
    display: inline-block;
    width: 21px;
    vertical-align: middle;
  }

  /* Its middle is that of the bars, which end 4.5em before the right edge. */
  .axis {
    --half: calc(var(--bar) / 2 + 4.5em);
    display: grid;
    grid-template-columns: var(--half) var(--half);
    justify-content: end;
    color: var(--glassbox-muted);
  }

  .axis span {
    padding: 0 4px;
    font-size: 0.85em;
  }

  .axis span:first-child {
    text-align: right;
  }

  .change {
    display: grid;
    grid-template-columns: minmax(7.5em, max-content) minmax(0, 1fr) var(--bar) 4em;
    align-items: center;
    gap: 8px;
    width: 100%;
    padding: 2px 4px;
    border: 0;
    background: none;
    color: inherit;
    font: inherit;
    text-align: start;
    cursor: pointer;
  }

  .change:disabled {
    cursor: default;
  }

  .change:hover:not(:disabled) {
    background: var(--vscode-list-hoverBackground);
    outline: 1px dashed var(--vscode-contrastActiveBorder, transparent);
  }

  .change.step0 {
    color: var(--glassbox-muted);
  }

  .change code {
    overflow: hidden;
    text-overflow: ellipsis;
    white-space: pre;
    font-family: var(--vscode-editor-font-family);
  }

  .figure {
    text-align: right;
    font-variant-numeric: tabular-nums;
  }

  :is(button, progress):focus-visible {
    outline: 1px solid var(--vscode-focusBorder);
    outline-offset: 1px;
  }

  @media (max-width: 620px) {
    :host {
      --bar: 110px;
    }

    .change {
      grid-template-columns: minmax(0, 1fr) var(--bar) 4em;
    }

    .change .place {
      grid-column: 1 / -1;
    }
  }
`;
