import * as vscode from 'vscode';
import { segmentBits, type ScoredSegment } from '../../../core/lenses/scoredText.js';
import { surprisalBits } from '../../../core/lenses/surprisal.js';
import { visibleText } from '../../../core/lenses/visibleText.js';
import {
  alternativesAt,
  coverageAt,
  isScored,
  textOfId,
  type ScoredTokens,
} from '../../../core/scores/scoredTokens.js';
import type { Translate } from '../../translate.js';
import { codeCell, markdownTable, plainCell } from '../markdownText.js';
import { bits, percent, wholeNumber } from '../numbers.js';
import type { DocumentScore } from './documentScores.js';

/** What a model thought of the token at a place, and what it would rather have written. */
export function probabilityHover(
  { text, model }: DocumentScore,
  position: vscode.Position,
  t: Translate,
): vscode.Hover | undefined {
  const offset = text.offsetAt(position);
  const segment = offset === undefined ? undefined : text.segmentAt(offset);
  if (segment === undefined || !isScored(segment.tokens, segment.firstToken)) return undefined;
  const from = text.positionAt(segment.start);
  const to = text.positionAt(segment.end);
  const parts = [heading(segment, text.text, t)];
  for (let token = segment.firstToken; token < segment.endToken; token++) {
    parts.push(tokenFacts(segment.tokens, token, t), alternatives(segment.tokens, token, t));
  }
  const meaning = t('Surprisal says how unexpected a token was to this model. It is no sign of a mistake.');
  parts.push(`$(graph) ${plainCell(t('Model: {0}', model.name))}  \n${plainCell(meaning)}`);
  const content = new vscode.MarkdownString(parts.join('\n\n'), true);
  return new vscode.Hover(content, new vscode.Range(from.line, from.character, to.line, to.character));
}

function heading(segment: ScoredSegment, text: string, t: Translate): string {
  const count = segment.endToken - segment.firstToken;
  const shown = codeCell(`"${visibleText(text.slice(segment.start, segment.end))}"`);
  const sum = t('{0} bits of surprisal', bits(segmentBits(segment)));
  return count === 1 ? `${shown} **${sum}**` : `${shown} **${sum}** (${t('{0} tokens, one character', count)})`;
}

function tokenFacts(tokens: ScoredTokens, token: number, t: Translate): string {
  const [share, rank] = [percent(Math.exp(tokens.logProbs[token]!)), wholeNumber(tokens.ranks[token]!)];
  const count = alternativesAt(tokens, token).length;
  const facts = [
    t('Probability {0}, rank {1}.', share, rank),
    t('The {0} likeliest cover {1}.', count, percent(coverageAt(tokens, token))),
  ];
  return plainCell(facts.join(' '));
}

/** The likeliest tokens, the real one marked; it is added below where it is not among them. */
function alternatives(tokens: ScoredTokens, token: number, t: Translate): string {
  const listed = alternativesAt(tokens, token);
  const rows = listed.map(({ text, logProb, isActual }, index) => row(String(index + 1), text, logProb, isActual));
  if (!listed.some(({ isActual }) => isActual)) {
    const text = textOfId(tokens.vocabulary, tokens.ids[token]!);
    rows.push(row(wholeNumber(tokens.ranks[token]!), text, tokens.logProbs[token]!, true));
  }
  return markdownTable([t('Rank'), t('Token'), t('Probability'), t('Bits')], rows);
}

function row(rank: string, text: string, logProb: number, isActual: boolean): readonly string[] {
  const cells = [
    `${isActual ? '$(arrow-right) ' : ''}${rank}`,
    codeCell(`"${visibleText(text)}"`),
    percent(Math.exp(logProb)),
    bits(surprisalBits(logProb)),
  ];
  return isActual ? cells.map((cell) => `**${cell}**`) : cells;
}
