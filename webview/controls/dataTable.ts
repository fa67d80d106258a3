import { css, html, nothing, type TemplateResult } from 'lit';

/** A column of a table. */
export interface DataColumn {
  readonly heading: string;
  /** Explains the heading. */
  readonly tip?: string;
  /** Numbers stand at the right of their column. */
  readonly isNumber?: boolean;
}

/** A row of a table. */
export interface DataRow {
  readonly cells: readonly (string | TemplateResult)[];
  /** Set back: it does not take part. */
  readonly isOut?: boolean;
}

/** A table: what a picture shows, as numbers. */
export interface DataTableOptions {
  /** What the table is, for screen readers. */
  readonly caption: string;
  readonly columns: readonly DataColumn[];
  readonly rows: readonly DataRow[];
}

/** A table that scrolls sideways in its place when it is too wide. Needs {@link dataTableStyles}. */
export function dataTable({ caption, columns, rows }: DataTableOptions): TemplateResult {
  const kind = (index: number): string => (columns[index]?.isNumber === true ? 'number' : '');
  return html`<div class="data-table" tabindex="0" role="region" aria-label=${caption}>
    <table>
      <thead>
        <tr>
          ${columns.map(
            ({ heading, tip }, index) =>
              html`<th scope="col" class=${kind(index)} title=${tip ?? nothing}>${heading}</th>`,
          )}
        </tr>
      </thead>
      <tbody>
        ${rows.map(
          ({ cells, isOut = false }) =>
            html`<tr class=${isOut ? 'out' : ''}>
              ${cells.map((cell, index) => html`<td class=${kind(index)}>${cell}</td>`)}
            </tr>`,
        )}
      </tbody>
    </table>
  </div>`;
}

/** Styles of {@link dataTable}, for the component that shows it. */
export const dataTableStyles = css`
  .data-table {
    overflow-x: auto;
  }

  .data-table:focus-visible {
    outline: 1px solid var(--vscode-focusBorder);
    outline-offset: -1px;
  }

  .data-table table {
    width: 100%;
    border-collapse: collapse;
    font-variant-numeric: tabular-nums;
  }

  .data-table th,
  .data-table td {
    padding: 2px 8px;
    border-bottom: 1px solid var(--glassbox-border);
    text-align: left;
    white-space: nowrap;
    word-break: keep-all;
  }

  .data-table th {
    color: var(--glassbox-muted);
    font-weight: 600;
  }

  /* The first column says what a row is, so it stays while the others scroll. */
  .data-table th:first-child,
  .data-table td:first-child {
    position: sticky;
    left: 0;
    background: var(--vscode-editor-background);
  }

  .data-table .number {
    text-align: right;
  }

  .data-table .out td {
    color: var(--vscode-disabledForeground, var(--glassbox-muted));
  }
`;
