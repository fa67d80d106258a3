import type { Node } from '@vscode/tree-sitter-wasm';
import { firstParagraph, isDescription } from './docText.js';
import type { Grammar } from './grammars.js';

/**
 * A comment between statements, and the statements behind it up to a blank line or the next comment; the beginning of a whole
 * body where the comment opens it.
 */
export interface CommentedCode {
  readonly description: string;
  readonly code: string;
}

const limits = { mostLines: 12, mostLength: 1_200, leastWords: 4, mostCommentLines: 7 };
/** Code that was commented out. */
const codeLike = /[;{}]\s*$|^\s*(?:import|from|return|const|let|var|if\s*\(|for\s*\(|print\()\b|[=(]{2}|\w\(.*\)\s*;?$/;
const longestFile = 200_000;

/** The comments of a file that say in English or Korean what the code behind them does; documentation is left out. */
export function commentedCode(text: string, { parser, comments, rules }: Grammar): readonly CommentedCode[] {
  if (text.length > longestFile) return [];
  const tree = parser.parse(text);
  if (tree === null) return [];
  try {
    const nodes = comments.captures(tree.rootNode).map(({ node }) => node);
    return nodes.flatMap((node) => read(text, node, rules.docComment ?? /^"""/));
  } finally {
    tree.delete();
  }
}

function read(text: string, last: Node, documentation: RegExp): readonly CommentedCode[] {
  const next = last.nextSibling;
  if (next === null || isComment(next) || hasBlankLine(text, last.endIndex, next.startIndex)) return [];
  // Where documentation looks like any other comment, as in Go, it is taken for one.
  if (!isAlone(text, last) || (documentation.test(last.text) && !documentation.test('//'))) return [];
  const raw = wholeComment(text, last);
  const description = firstParagraph(raw);
  if (!isDescription(description) || raw.split('\n').some((line) => codeLike.test(line))) return [];
  const code = codeFrom(text, next);
  return (code.match(/[A-Za-z]{2,}/g) ?? []).length < limits.leastWords ? [] : [{ description, code }];
}

/** A comment with the line comments above it. */
function wholeComment(text: string, last: Node): string {
  const parts = [last.text];
  for (let before = last.previousSibling; before !== null && isComment(before); before = before.previousSibling) {
    if (!isAlone(text, before) || parts.length >= limits.mostCommentLines) break;
    parts.unshift(before.text);
  }
  return parts.join('\n').replaceAll(/^#+ ?/gm, '');
}

function codeFrom(text: string, first: Node): string {
  let end = first;
  for (let next = first.nextSibling; next !== null && !isComment(next); next = next.nextSibling) {
    if (hasBlankLine(text, end.endIndex, next.startIndex)) break;
    if (next.endIndex - first.startIndex > limits.mostLength) break;
    end = next;
  }
  const lines = text.slice(first.startIndex, end.endIndex).slice(0, limits.mostLength).split('\n');
  return lines
    .slice(0, limits.mostLines)
    .map((line) => line.trim())
    .join('\n');
}

function hasBlankLine(text: string, start: number, end: number): boolean {
  return /\n\s*\n/.test(text.slice(start, end));
}

function isComment(node: Node): boolean {
  return node.type.includes('comment');
}

/** True when nothing but blanks stands in front of the comment on its line. */
function isAlone(text: string, { startIndex }: Node): boolean {
  return text.slice(text.lastIndexOf('\n', startIndex - 1) + 1, startIndex).trim() === '';
}
