import { html, nothing, type TemplateResult } from 'lit';
import { formatNumber, t } from '../../boot/strings.js';
import { dataTable, type DataColumn, type DataRow } from '../../controls/dataTable.js';
import type { ReplayFrame } from './replayFrames.js';
import { symbolText } from './symbolText.js';

/** All steps of the word that is shown, as a table; what comes later than the step on the screen is set back. */
export function stepTable(frame: ReplayFrame, byteLevel: boolean): TemplateResult | typeof nothing {
  switch (frame.kind) {
    case 'bpe':
      return dataTable({
        caption: t('Merges of the word'),
        columns: mergeColumns(),
        rows: mergeRows(frame, byteLevel),
      });
    case 'wordpiece':
      return dataTable({
        caption: t('Pieces tried, longest first'),
        columns: [{ heading: t('Piece') }, { heading: t('In the Vocabulary') }],
        rows: tryRows(frame),
      });
    case 'unigram':
      return dataTable({ caption: t('Pieces of the lattice'), columns: pieceColumns(), rows: pieceRows(frame) });
    default:
      return nothing;
  }
}

function code(text: string): TemplateResult {
  return html`<span class="code">${text}</span>`;
}

function mergeColumns(): readonly DataColumn[] {
  return [
    { heading: t('Merge'), isNumber: true },
    { heading: t('Rank'), isNumber: true, tip: t('When the merge was learnt; the lowest comes first') },
    { heading: t('Left') },
    { heading: t('Right') },
    { heading: t('Becomes') },
  ];
}

function mergeRows({ steps, mergesMade }: ReplayFrame & { kind: 'bpe' }, byteLevel: boolean): readonly DataRow[] {
  return steps.merges.map(({ rank, left, right }, index) => ({
    isOut: index >= mergesMade,
    cells: [
      String(index + 1),
      formatNumber(rank),
      code(symbolText(left, byteLevel)),
      code(symbolText(right, byteLevel)),
      code(symbolText(left + right, byteLevel)),
    ],
  }));
}

function tryRows({ steps, search, tries }: ReplayFrame & { kind: 'wordpiece' }): readonly DataRow[] {
  return steps.searches.flatMap(({ tries: all, isFound }, searchIndex) =>
    all.map(({ piece }, index) => ({
      isOut: searchIndex > search || (searchIndex === search && index >= tries),
      cells: [code(piece), isFound && index === all.length - 1 ? t('yes') : t('no')],
    })),
  );
}

function pieceColumns(): readonly DataColumn[] {
  return [
    { heading: t('Piece') },
    { heading: t('Characters') },
    { heading: t('Id'), isNumber: true },
    { heading: t('Log-probability'), isNumber: true },
    { heading: t('Best Path') },
  ];
}

function pieceRows({ steps, reached }: ReplayFrame & { kind: 'unigram' }): readonly DataRow[] {
  const path = new Set(steps.bestPath);
  return steps.edges.map(({ start, end, id, name, score }, index) => ({
    isOut: end > reached,
    cells: [code(name), `${start}–${end}`, String(id), formatNumber(score, 2), path.has(index) ? t('yes') : t('no')],
  }));
}
