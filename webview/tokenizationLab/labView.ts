import { css, LitElement } from 'lit';
import { property } from 'lit/decorators.js';
import { dataTableStyles } from '../controls/dataTable.js';
import { noticeStyles } from '../controls/notice.js';
import { radioBarStyles } from '../controls/radioBar.js';
import type { Comparison } from './comparison.js';
import type { LabColumn } from './labColumn.js';
import type { LabModel } from './labModel.js';
import type { LabState } from './labState.js';

/** What all parts of the lab look like. */
export const labStyles = [
  noticeStyles,
  radioBarStyles,
  dataTableStyles,
  css`
    :host {
      display: grid;
      gap: 12px;
      min-width: 0;
    }

    h2 {
      margin: 0;
      font-size: 1em;
      font-weight: 600;
    }

    p {
      margin: 0;
    }

    .bar {
      display: flex;
      flex-wrap: wrap;
      align-items: center;
      gap: 6px 12px;
    }

    .muted {
      color: var(--glassbox-muted);
    }

    .code {
      font-family: var(--vscode-editor-font-family);
      font-size: var(--vscode-editor-font-size);
      white-space: pre-wrap;
      overflow-wrap: anywhere;
    }

    .label {
      color: var(--glassbox-muted);
    }
  `,
];

/** A part of the lab that shows a comparison. */
export class LabView extends LitElement {
  @property({ attribute: false }) accessor model!: LabModel;
  @property({ attribute: false }) accessor comparison!: Comparison;
  /** What the lab remembers; a new object after each change. */
  @property({ attribute: false }) accessor lab!: LabState;

  /** The tokenizers that answered. */
  protected get answered(): readonly (LabColumn & { readonly result: NonNullable<LabColumn['result']> })[] {
    return this.comparison.columns.flatMap((column) =>
      column.result === undefined ? [] : [{ ...column, result: column.result }],
    );
  }

  /** The tokenizer that the views of one tokenizer show. */
  protected get chosen(): (LabColumn & { readonly result: NonNullable<LabColumn['result']> }) | undefined {
    return this.answered.find(({ key }) => key === this.lab.chosenTokenizer) ?? this.answered[0];
  }
}
