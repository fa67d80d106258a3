import type { CompletionSettings } from './completionQuery.js';
import type { CursorContext } from './cursorContext.js';
import { indentationColumns, isBlank } from './indentation.js';

const colonBlockLanguages: ReadonlySet<string> = new Set([
  'python',
  'cython',
  'nim',
  'gdscript',
  'yaml',
  'dockercompose',
]);
const wordBlockLanguages: ReadonlySet<string> = new Set(['ruby', 'lua', 'shellscript', 'elixir', 'julia', 'crystal']);
const wordOpener = /(?:\b(?:do|then|else|begin)|^\s*(?:def|class|module|function|begin|if|while|for|unless)\b.*)$/;
const slashComment = /\s\/\/.*$/;
const hashComment = /\s#.*$/;

/** What a block at the cursor hangs on: the line that opens it and how that line is indented. */
export interface OpenBlock {
  /** Columns of the line that opens the block; its content stands deeper. */
  readonly columns: number;
  /** True when a bracket opened it, so that a bracket must close it. */
  readonly byBracket: boolean;
}

/**
 * Decides whether to ask for several lines. `auto` asks only where a block is about to be filled: at its start or in
 * its empty body, when the line below is not deeper (else the body exists already), and right after an acceptance.
 * A syntax tree of the document could replace the reading of indentation and brackets here and in `cutAtBlockEnd`.
 */
export function wantsSeveralLines(
  context: CursorContext,
  settings: CompletionSettings,
  afterAcceptance: boolean,
): boolean {
  if (settings.multiLine === 'never' || settings.maxLines < 2) return false;
  const rest = context.window.restOfLine.trim();
  if (rest !== '' && !rest.startsWith('}')) return false;
  if (settings.multiLine === 'always') return true;
  if (rest === '' && afterAcceptance) return true;
  const block = blockAtCursor(context);
  if (block === undefined) return false;
  const below = firstVisibleLine(context.window.following);
  return below === undefined || indentationColumns(below, context.tabSize) <= block.columns;
}

/** The block that the cursor's line just opened, or whose empty first line the cursor stands in. */
export function blockAtCursor({ window, languageId, tabSize }: CursorContext): OpenBlock | undefined {
  const columns = (line: string): number => indentationColumns(line, tabSize);
  if (!isBlank(window.currentLine)) {
    const kind = blockOpener(window.currentLine, languageId);
    return kind === undefined ? undefined : { columns: columns(window.indentation), byBracket: kind === 'bracket' };
  }
  const above = lastVisibleLine(window.prefix);
  const kind = above === undefined ? undefined : blockOpener(above, languageId);
  return kind === undefined ? undefined : { columns: columns(above ?? ''), byBracket: kind === 'bracket' };
}

/** The first line of a text that is not blank. */
export function firstVisibleLine(text: string): string | undefined {
  return /^.*\S.*$/m.exec(text)?.[0];
}

/** The last line of a text that is not blank. */
export function lastVisibleLine(text: string): string | undefined {
  const end = text.trimEnd();
  return end === '' ? undefined : end.slice(end.lastIndexOf('\n') + 1);
}

function blockOpener(line: string, languageId: string): 'bracket' | 'indentation' | undefined {
  const byColon = colonBlockLanguages.has(languageId);
  const byWord = wordBlockLanguages.has(languageId);
  const code = line.replace(byColon || byWord ? hashComment : slashComment, '').trimEnd();
  if (/[{([]$/.test(code)) return 'bracket';
  return (byColon && code.endsWith(':')) || (byWord && wordOpener.test(code)) ? 'indentation' : undefined;
}
