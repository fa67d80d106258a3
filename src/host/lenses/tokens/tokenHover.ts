import * as vscode from 'vscode';
import type { TokenizedStretch } from '../../../core/lenses/tokenizedStretch.js';
import { hexBytes, visibleText } from '../../../core/lenses/visibleText.js';
import { encodeUtf8 } from '../../../core/text/utf8.js';
import type { Translate } from '../../translate.js';
import { codeCell, markdownTable, plainCell } from '../markdownText.js';
import type { TokensRead } from './documentTokens.js';

/** Own choices: longer tokens (runs of spaces, mostly) are cut in the hover. */
const shownBytes = 24;
const shownCharacters = 60;

/** What is known of the token at a place, as a hover; several tokens where a character is spread over them. */
export function tokenHover(
  { stretches, tokenizer }: TokensRead,
  document: vscode.TextDocument,
  position: vscode.Position,
  t: Translate,
): vscode.Hover | undefined {
  const stretch = stretches.find((candidate) => candidate.offsetAt(position) !== undefined);
  const offset = stretch?.offsetAt(position);
  const segment = offset === undefined ? undefined : stretch?.segmentAt(offset);
  if (stretch === undefined || segment === undefined) return undefined;
  const [start, end] = [stretch.segments.starts[segment]!, stretch.segments.ends[segment]!];
  const from = stretch.positionAt(start);
  const to = stretch.positionAt(end);
  const range = new vscode.Range(from.line, from.character, to.line, to.character);
  const place = placeInDocument(document, stretch);
  const text = tokenTable(stretch, segment, place, t);
  const content = new vscode.MarkdownString(
    [heading(stretch, segment, t), text, footer(tokenizer.name, t)].join('\n\n'),
    true,
  );
  return new vscode.Hover(content, range);
}

function heading({ segments, text }: TokenizedStretch, segment: number, t: Translate): string {
  const count = segments.firstTokens[segment + 1]! - segments.firstTokens[segment]!;
  const shown = codeCell(`"${clip(visibleText(text.slice(segments.starts[segment], segments.ends[segment])))}"`);
  return count === 1 ? `**${t('Token')}** ${shown}` : `**${t('{0} tokens, one character', count)}** ${shown}`;
}

function footer(tokenizer: string, t: Translate): string {
  return `$(symbol-ruler) ${plainCell(t('Tokenizer: {0}', tokenizer))}`;
}

/** Where the text of a stretch begins in the document, in both countings. */
interface Origin {
  readonly utf16: number;
  readonly bytes: number;
}

function placeInDocument(document: vscode.TextDocument, { start }: TokenizedStretch): Origin {
  const before = document.getText(new vscode.Range(0, 0, start.line, start.character));
  return { utf16: before.length, bytes: encodeUtf8(before).length };
}

function tokenTable(stretch: TokenizedStretch, segment: number, origin: Origin, t: Translate): string {
  const { tokens, segments } = stretch;
  const indices: number[] = [];
  for (let token = segments.firstTokens[segment]!; token < segments.firstTokens[segment + 1]!; token++)
    indices.push(token);
  const bytes = encodeUtf8(stretch.text);
  const place = (starts: Uint32Array, ends: Uint32Array, token: number, shift: number): string =>
    `${starts[token]! + shift}–${ends[token]! + shift}`;
  const columns: (readonly [string, (token: number) => string])[] = [
    [t('Id'), (token) => String(tokens.ids[token])],
    [
      t('Bytes'),
      (token) => codeCell(hexBytes(bytes.subarray(tokens.byteStarts[token], tokens.byteEnds[token]), shownBytes)),
    ],
    [t('Vocabulary entry'), (token) => codeCell(clip(nameOf(stretch, token)))],
    [t('Merge rank'), (token) => mergeRank(stretch, token, t)],
    [t('UTF-16 offsets'), (token) => place(tokens.starts, tokens.ends, token, origin.utf16)],
    [t('Byte offsets'), (token) => place(tokens.byteStarts, tokens.byteEnds, token, origin.bytes)],
  ];
  if (indices.length === 1) {
    return columns.map(([name, cell]) => `- ${name}: ${cell(indices[0]!)}`).join('\n');
  }
  return markdownTable(
    columns.map(([name]) => name),
    indices.map((token) => columns.map(([, cell]) => cell(token))),
  );
}

function nameOf({ tokens }: TokenizedStretch, token: number): string {
  return tokens.vocabulary.names[tokens.entries[token]!] ?? '';
}

/** The rank of the merge that made the token, or why there is none. */
function mergeRank({ tokens }: TokenizedStretch, token: number, t: Translate): string {
  const { mergeRanks, scores, isControl } = tokens.vocabulary;
  const entry = tokens.entries[token]!;
  const rank = mergeRanks[entry] ?? -1;
  const score = scores[entry] ?? NaN;
  if (rank >= 0) return String(rank);
  if (!Number.isNaN(score)) return t('none (score {0})', score.toFixed(3));
  return isControl[entry] === 1 ? t('none (control token)') : t('none (not merged)');
}

function clip(text: string): string {
  return text.length > shownCharacters ? `${text.slice(0, shownCharacters)}…` : text;
}
