import type { BlockKind } from '../../core/search/definitions.js';
import type { FoundBlock } from '../../core/search/rankBlocks.js';
import { errorSentence } from '../errorSentences.js';
import { shorten } from '../shorten.js';
import type { Translate } from '../translate.js';
import type { IndexState } from './indexState.js';

/** A row of the list: a block, or something to know and what choosing it does. */
export type SearchRow = {
  readonly label: string;
  readonly description?: string;
  readonly detail?: string;
  /** The editor would leave out rows whose label does not contain the question. */
  readonly alwaysShow: true;
} & (
  | { readonly row: 'block'; readonly found: FoundBlock }
  | { readonly row: 'note'; readonly action: 'none' | 'open-limit' | 'go-on' }
);

const icons: Readonly<Record<BlockKind, string>> = {
  function: 'symbol-method',
  type: 'symbol-class',
  value: 'symbol-constant',
  statements: 'symbol-snippet',
};

/** Own choice: what fits into a line of the list. */
const shownCharacters = 100;

/** How a row says where its block is, and how near it is. */
export interface RowFormats {
  /** Path of a file for people, by its key. */
  readonly path: (file: string) => string;
  readonly percent: (share: number) => string;
}

/** A found block as a row: its name, where it is, how near it is, and the line that defines it. */
export function blockRow(found: FoundBlock, { path, percent }: RowFormats): SearchRow {
  const { kind, name, signature, headerLine, start } = found.block;
  const line = Math.max(headerLine, start) + 1;
  const title = name === '' ? signature : name;
  return {
    row: 'block',
    found,
    label: `$(${icons[kind]}) ${shorten(title, shownCharacters)}`,
    description: `${path(found.file)}:${line} · ${percent(Math.max(0, found.similarity))}`,
    ...(name !== '' && { detail: shorten(signature, shownCharacters) }),
    alwaysShow: true,
  };
}

/** What is to be known of the index below the blocks; undefined when there is nothing. */
export function noteRow(state: IndexState, hasBlocks: boolean, t: Translate): SearchRow | undefined {
  switch (state.kind) {
    case 'failed':
      return note('error', errorSentence(t, state.error), 'none');
    case 'stopped': {
      const { doneFileCount, fileCount } = state;
      return note(
        'debug-start',
        t('Reading was stopped after {0} of {1} files. Go on', doneFileCount, fileCount),
        'go-on',
      );
    }
    case 'complete': {
      const { fileCount, totalCount } = state;
      if (fileCount === 0) return note('info', t('There is no code in the open folders.'), 'none');
      if (totalCount > fileCount) {
        return note(
          'warning',
          t('Only {0} of {1} files are searched. Raise the limit glassbox.search.maxFiles', fileCount, totalCount),
          'open-limit',
        );
      }
      return undefined;
    }
    default:
      return hasBlocks ? undefined : note('sync~spin', t('Reading the code…'), 'none');
  }
}

/** The title of the list: what it is, and how much has been read while not everything has. */
export function searchTitle(state: IndexState, t: Translate): string {
  const title = t('Find Code by Description');
  if (state.kind !== 'reading') return title;
  return `${title} · ${t('{0} of {1} files read', state.doneFileCount, state.fileCount)}`;
}

function note(icon: string, label: string, action: 'none' | 'open-limit' | 'go-on'): SearchRow {
  return { row: 'note', action, label: `$(${icon}) ${label}`, alwaysShow: true };
}
