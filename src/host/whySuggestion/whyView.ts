import { unitLines, unitText, type OcclusionUnit } from '../../core/explain/occlusionUnits.js';
import { partLines } from '../../core/explain/promptLines.js';
import { engineSegments, timeSegments } from '../../core/explain/timeSegments.js';
import { contrastAfter, questionAbout } from '../../core/explain/explainedSuggestion.js';
import type { ExplainableSuggestion } from '../../core/explain/suggestionHistory.js';
import { headOf, toPromptLine } from '../../core/prompt/windowText.js';
import { completionConstants } from '../../core/completion/completionConstants.js';
import type { ExplainedToken } from '../../core/explain/explainedTokens.js';
import type { SuggestionExplanation } from '../../protocol/explainContract.js';
import type {
  DocumentLines,
  WhyChange,
  WhyExplanation,
  WhyOcclusion,
  WhySubject,
} from '../../protocol/panels/whySuggestionContract.js';

/** A document as far as explanations look at it. */
export interface DocumentView {
  /** Without its folders. */
  readonly fileName: string;
  readonly lineCount: number;
  /** Text of a line of the document. */
  lineAt(line: number): string;
}

/** Nothing was left out yet. */
export const noOcclusion: WhyOcclusion = {
  kind: 'none',
  message: '',
  changes: [],
  doneRuns: 0,
  totalRuns: 0,
  readTokenCount: 0,
  isGrouped: false,
};

/** The suggestion itself, for the head of the page. */
export function describeSubject(
  subject: ExplainableSuggestion,
  modelName: string,
  document: DocumentView | undefined,
): WhySubject {
  const { state, record, candidate } = subject;
  const { answer, candidates, position } = record;
  const generation = candidate.generation?.timings;
  const isModelAnswer = answer.source === 'model';
  return {
    state,
    fileName: document?.fileName ?? '',
    line: record.lines.lineNow(candidate.origin.position.line) ?? position.line,
    text: candidate.text.slice(candidate.givenLength),
    modelName: modelName === '' ? candidate.origin.model.id : modelName,
    source: answer.source,
    time: timeSegments(answer.timings, answer.source, generation),
    engineTime: isModelAnswer || generation === undefined ? [] : engineSegments(generation),
    candidateCount: candidates.length,
    candidate: candidates.indexOf(candidate),
    isVerbatim: questionAbout(candidate).isVerbatim,
  };
}

/** Tokens and prompt. */
export function describeExplanation(
  subject: ExplainableSuggestion,
  { tokens, contrastTokens, prompt, healedTokenCount }: SuggestionExplanation,
  contrastText: string,
  document: DocumentView | undefined,
): WhyExplanation {
  const cursorLine = subject.candidate.origin.position.line;
  const question = questionAbout(subject.candidate);
  return {
    kind: 'ready',
    healedTokenCount,
    tokens: tokens.map((token) => withPlaceNow(token, subject, document)),
    contrastTokens: contrastTokens.map((token) => withPlaceNow(token, subject, document)),
    target: question.target.text,
    contrastTarget: contrastAfter(question, contrastText),
    tokenCount: prompt.tokenCount,
    contextLength: prompt.contextLength,
    cut: prompt.cut,
    parts: prompt.parts.map((part) => ({
      kind: part.kind,
      name: part.name,
      tokenCount: part.tokenCount,
      lines: linesNow(partLines(part, prompt, cursorLine), subject, document),
    })),
  };
}

/** Names a place in the document by the line that it is on now, and by the document's name where its path is not known. */
function withPlaceNow(
  token: ExplainedToken,
  subject: ExplainableSuggestion,
  document: DocumentView | undefined,
): ExplainedToken {
  const { remembered } = token;
  if (remembered?.place?.source !== 'file') return token;
  const { place } = remembered;
  const now = linesNow({ start: place.line, end: place.line + 1 }, subject, document);
  const path = place.path === '' ? (document?.fileName ?? '') : place.path;
  return { ...token, remembered: { ...remembered, place: now && { ...place, path, line: now.start } } };
}

/** The change that leaving out a unit made. */
export function describeChange(
  unit: OcclusionUnit,
  change: number,
  subject: ExplainableSuggestion,
  document: DocumentView | undefined,
): WhyChange {
  const { prompt, position } = subject.candidate.origin;
  const text = unitText(prompt, unit);
  const requestLines = unitLines(unit, position.line);
  const [first = ''] = text.split('\n');
  // The rest of the cursor's line is where it was, whatever was written in front of it.
  const isWholeLine = unit.part === 'prefix' || unit.start > 0;
  const now = linesNow(requestLines, subject, document);
  const isSame = now !== undefined && (!isWholeLine || sameLine(document, now.start, first));
  return {
    part: unit.part,
    place: placeOf(unit, requestLines),
    text: first,
    lineCount: text.split('\n').length,
    lines: isSame ? now : undefined,
    change,
  };
}

/** Path and chunks stand before all lines. */
function placeOf({ part, start }: OcclusionUnit, lines: DocumentLines | undefined): number {
  if (lines !== undefined) return lines.start;
  return part === 'path' ? -Number.MAX_SAFE_INTEGER : start - Number.MAX_SAFE_INTEGER / 2;
}

/** Where lines of the request are in the document now: from the first that is left to the last. */
function linesNow(
  lines: DocumentLines | undefined,
  { record }: ExplainableSuggestion,
  document: DocumentView | undefined,
): DocumentLines | undefined {
  if (lines === undefined || document === undefined) return undefined;
  const now: number[] = [];
  for (let line = lines.start; line < lines.end; line++) {
    const current = record.lines.lineNow(line);
    if (current !== undefined && current < document.lineCount) now.push(current);
  }
  const [first, last] = [now[0], now.at(-1)];
  return first === undefined || last === undefined ? undefined : { start: first, end: last + 1 };
}

/** True when a line of the document still says what the prompt said. */
function sameLine(document: DocumentView | undefined, line: number, promptLine: string): boolean {
  if (document === undefined || line >= document.lineCount) return false;
  const now = toPromptLine(headOf(document.lineAt(line), completionConstants.contextLineCharacters));
  return now.trimEnd() === promptLine.trimEnd();
}
