import { withLineFeeds } from '../../text/lineEnds.js';
import type { SkipReason } from '../completionOutcome.js';
import type { CursorContext } from '../cursorContext.js';
import { isBlank } from '../indentation.js';
import { cutAtBlockEnd } from './blockEnd.js';
import { withCloserBelow } from './closerBelow.js';
import { withoutExtraIndentation } from './cursorIndentation.js';
import { toEditorIndentation } from './editorIndentation.js';
import { beforeLineBreak, limitLines } from './lineLimit.js';
import { cutAtNearEqualLine } from './nearEqualLine.js';
import { equalsNeighbouringLine } from './neighbouringLine.js';
import { repeatsItself } from './repetition.js';
import { containsSecret } from './secretText.js';
import { cutAtSpecialToken } from './specialTokens.js';
import { cutAtSuffixOverlap } from './suffixOverlap.js';

/** Where a text is to go, and how many lines it may have. */
export interface PostProcessContext {
  readonly cursor: CursorContext;
  /** 1 when one line was asked for. */
  readonly maxLines: number;
}

/** Text fit to be shown, with `\n` line ends, or why there is none. */
export type PostProcessed =
  { readonly kind: 'text'; readonly text: string } | { readonly kind: 'skip'; readonly reason: SkipReason };

const oneCharacter = /^\s*\S\s*$/u;

type Cut = (text: string, context: PostProcessContext) => string;
type Objection = (text: string, context: PostProcessContext) => boolean;

/** Each shortens or rewrites the text; the reason is given when nothing visible is left. The order matters. */
const cuts: readonly (readonly [Cut, SkipReason])[] = [
  [(text, { cursor }) => cutAtSpecialToken(text, surroundings(cursor)), 'blank-result'],
  [(text, { cursor, maxLines }) => withinLimit(text, cursor, maxLines), 'blank-result'],
  [(text, { cursor }) => toEditorIndentation(text, cursor.window.currentLine, cursor), 'blank-result'],
  [(text, { cursor }) => withoutExtraIndentation(text, cursor), 'blank-result'],
  [(text, { cursor, maxLines }) => (maxLines > 1 ? cutAtBlockEnd(text, cursor) : text), 'blank-result'],
  [(text, { cursor }) => cutAtSuffixOverlap(text, cursor), 'repeats-following-text'],
  [(text, { cursor }) => cutAtNearEqualLine(text, cursor), 'repeats-following-text'],
  [(text) => text.trimEnd(), 'blank-result'],
];

const objections: readonly (readonly [Objection, SkipReason])[] = [
  [repeatsItself, 'repeats-itself'],
  [(text) => oneCharacter.test(text), 'blank-result'],
  [(text, { cursor }) => equalsNeighbouringLine(text, cursor), 'equals-neighbouring-line'],
  [(text, { cursor }) => containsSecret(text, cursor.window.currentLine), 'contains-secret'],
];

/** Makes what the model wrote fit to be shown at the cursor. Which closers it replaces is for `coveredLength` to say. */
export function postProcess(raw: string, context: PostProcessContext): PostProcessed {
  let text = withLineFeeds(raw);
  for (const [cut, reason] of cuts) {
    text = cut(text, context);
    if (isBlank(text)) return { kind: 'skip', reason };
  }
  const objection = objections.find(([objects]) => objects(text, context));
  if (objection !== undefined) return { kind: 'skip', reason: objection[1] };
  return { kind: 'text', text: withCloserBelow(text, context.cursor) };
}

function withinLimit(text: string, { window }: CursorContext, maxLines: number): string {
  return maxLines === 1 && !isBlank(window.restOfLine) ? beforeLineBreak(text) : limitLines(text, maxLines);
}

function surroundings({ window }: CursorContext): string {
  return window.prefix + window.currentLine + window.restOfLine + window.following;
}
