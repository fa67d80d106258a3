import type { CompletionCandidate, CompletionSource, StageTimings } from '../completion/completionOutcome.js';
import type { TextPosition } from '../completion/documentSnapshot.js';
import type { OutcomeRecord } from '../completion/outcomeHistory.js';
import { countLineBreaks } from '../text/lineEnds.js';
import { LineTracker, type TextEdit } from './lineTracker.js';

/** How a suggestion was answered. */
export interface SuggestionAnswer {
  readonly source: CompletionSource;
  readonly timings: StageTimings;
  /** `Clock.now()` when it was answered. */
  readonly atMs: number;
}

/** A suggestion that was offered, with everything that is needed to explain it later. */
export interface SuggestionRecord {
  readonly uri: string;
  /** Where the cursor stood, and the document's version then. */
  readonly position: TextPosition;
  readonly documentVersion: number;
  /** What was offered, the first of them shown first. */
  readonly candidates: readonly CompletionCandidate[];
  readonly answer: SuggestionAnswer;
  /** How the text was first offered, when the user has typed some of it since or asked again; else undefined. */
  readonly firstAnswer: SuggestionAnswer | undefined;
  /** The lines of the prompt, numbered as in the request that the text answers (`origin.position` and `prefixStartLine`). */
  readonly lines: LineTracker;
}

/** What there is to explain, and how it is known. */
export interface ExplainableSuggestion {
  /** `offered`: on screen, or so it seems; `accepted`: inserted; `gone`: was offered, is neither. */
  readonly state: 'offered' | 'accepted' | 'gone';
  readonly record: SuggestionRecord;
  /** Which of the record's candidates. */
  readonly candidate: CompletionCandidate;
}

/** What an editor shows: a cursor in a document. */
export type CursorPlace = Pick<SuggestionRecord, 'uri' | 'position' | 'documentVersion'>;

/** Offers that an acceptance may still be about: it is told after the request that follows it. */
const recentOffers = 4;

/** The suggestions offered last and the one accepted last, in memory only. */
export class SuggestionHistory {
  /** The newest at the end. */
  #offered: readonly SuggestionRecord[] = [];
  #accepted: Omit<ExplainableSuggestion, 'state'> | undefined;

  /**
   * Notes how a request ended; one that offered nothing says nothing about what was offered before.
   *
   * @param precedingLineCount lines that stood before the document's first in the request (earlier cells of a notebook).
   */
  note({ uri, position, documentVersion, atMs, outcome }: OutcomeRecord, precedingLineCount = 0): void {
    const [first] = outcome.kind === 'shown' ? outcome.candidates : [];
    if (outcome.kind !== 'shown' || first === undefined) return;
    const { candidates, source, timings } = outcome;
    const before = this.#offered.at(-1);
    const isSameText = before?.uri === uri && before.candidates[0]?.origin.prompt === first.origin.prompt;
    const record = {
      ...{ uri, documentVersion, candidates },
      position: { line: position.line - precedingLineCount, character: position.character },
      answer: { source, timings, atMs },
      firstAnswer: isSameText ? (before.firstAnswer ?? before.answer) : undefined,
      lines: trackedLines(first, position, precedingLineCount),
    };
    this.#offered = [...this.#offered.slice(1 - recentOffers), record];
  }

  /** Notes that a candidate was inserted whole. */
  accepted(uri: string, candidate: CompletionCandidate): void {
    const index = this.#offered.findLastIndex(
      (record) => record.uri === uri && record.candidates.some(({ origin }) => origin === candidate.origin),
    );
    const record = this.#offered[index];
    if (record === undefined) return;
    this.#accepted = { record, candidate };
    this.#offered = this.#offered.slice(index + 1);
  }

  /** Follows the lines that were offers' context. Places as the editor reports them, in the document itself. */
  documentChanged(uri: string, edits: readonly TextEdit[]): void {
    const records = new Set([...this.#offered, ...(this.#accepted === undefined ? [] : [this.#accepted.record])]);
    for (const record of records) if (record.uri === uri) record.lines.apply(edits);
  }

  /** Forgets a document. */
  forget(uri: string): void {
    this.#offered = this.#offered.filter((record) => record.uri !== uri);
    if (this.#accepted?.record.uri === uri) this.#accepted = undefined;
  }

  /** What to explain: the suggestion at the cursor; else the one accepted last; else the one offered last. */
  explainable(cursor: CursorPlace | undefined): ExplainableSuggestion | undefined {
    const record = this.#offered.at(-1);
    const [candidate] = record?.candidates ?? [];
    if (record === undefined || candidate === undefined) {
      return this.#accepted && { state: 'accepted', ...this.#accepted };
    }
    if (cursor !== undefined && isAt(record, cursor)) return { state: 'offered', record, candidate };
    return this.#accepted === undefined
      ? { state: 'gone', record, candidate }
      : { state: 'accepted', ...this.#accepted };
  }
}

function trackedLines(
  { origin }: CompletionCandidate,
  position: TextPosition,
  precedingLineCount: number,
): LineTracker {
  const { prompt, typedSince } = origin;
  // Lines may have come or gone far above since the model was asked: what is near the cursor counts.
  const cursorLine = position.line - countLineBreaks(typedSince);
  const lines = {
    start: prompt.prefixStartLine,
    end: origin.position.line + countLineBreaks(prompt.suffix) + 1,
  };
  return new LineTracker(lines, cursorLine - origin.position.line - precedingLineCount);
}

function isAt(record: SuggestionRecord, { uri, position, documentVersion }: CursorPlace): boolean {
  return (
    record.uri === uri &&
    record.documentVersion === documentVersion &&
    record.position.line === position.line &&
    record.position.character === position.character
  );
}
