import type { CompletionCandidate } from './completionOutcome.js';
import type { CompletionPlan } from './completionPlan.js';
import { coveredLength } from './postProcess/coverClosers.js';

interface OfferedCandidate {
  readonly text: string;
  readonly candidate: CompletionCandidate;
  /** How much right of the cursor it replaces besides what an IntelliSense item replaces. */
  readonly covered: number;
}

interface Offered {
  readonly uri: string;
  readonly key: string;
  /** Text from the line start to the cursor when the item was offered. */
  readonly typedLine: string;
  /** The same as the model was told: with a selected IntelliSense item at its end. */
  readonly promptLine: string;
  readonly restOfLine: string;
  /** What the line says from its start on when a candidate is accepted, up to the candidate's end; one for each candidate. */
  readonly completed: readonly OfferedCandidate[];
}

/**
 * Remembers what is on screen. While the user types what it says, the same text stays, shortened by what was typed, and
 * no other source is asked: nothing visible is replaced unless the user diverged.
 */
export class OfferedItem {
  #offered: Offered | undefined;

  /** Remembers what is shown for `plan`. */
  show(plan: CompletionPlan, candidates: readonly CompletionCandidate[]): void {
    const { context, anchors } = plan;
    const { currentLine } = context.window;
    const head = currentLine.slice(0, currentLine.length - context.forcedText.length);
    this.#offered = {
      uri: context.uri,
      key: anchors[0]?.key ?? '',
      typedLine: context.typedLine,
      promptLine: currentLine,
      restOfLine: context.window.restOfLine,
      completed: candidates.map((candidate) => ({
        text: head + candidate.text.replaceAll('\r\n', '\n'),
        candidate,
        covered: candidate.range.end.character - context.range.end.character,
      })),
    };
  }

  /** What is left of the offered candidates at the cursor of `plan`; empty when the user typed something else. */
  remaining(plan: CompletionPlan): readonly CompletionCandidate[] {
    const offered = this.#offered;
    const typed = plan.anchors.find(({ key }) => key === offered?.key)?.typed;
    if (offered === undefined || typed === undefined || !typed.startsWith(offered.typedLine)) return [];
    const isRestSame = plan.context.window.restOfLine === offered.restOfLine;
    return offered.completed
      .filter(({ text }) => text.startsWith(typed) && text.slice(typed.length).trim() !== '')
      .map(({ text, candidate, covered }) =>
        toCandidate(
          text.slice(typed.length),
          plan,
          typedOn(candidate, typed.slice(offered.promptLine.length)),
          isRestSame ? covered : undefined,
        ),
      );
  }

  /** Forgets what is on screen, if it belongs to `uri` (or at all, without one). */
  forget(uri?: string): void {
    if (uri === undefined || this.#offered?.uri === uri) this.#offered = undefined;
  }
}

/**
 * The suggestion that inserts `text` (with `\n` line ends) at the cursor, replacing the closers that it writes itself.
 * @param knownCovered how much it replaces right of the cursor when that was decided before: of a text half typed, it
 *   can no longer be seen which brackets it opened itself
 */
export function toCandidate(
  text: string,
  { context }: CompletionPlan,
  { generation, origin }: Pick<CompletionCandidate, 'generation' | 'origin'>,
  knownCovered?: number,
): CompletionCandidate {
  const { start, end } = context.range;
  const covered = knownCovered ?? coveredLength(text, context.window.currentLine, context.window.restOfLine);
  return {
    text: (context.forcedText + text).replaceAll('\n', context.endOfLine),
    range: { start, end: { line: end.line, character: end.character + covered } },
    generation,
    origin,
    givenLength: context.forcedText.length,
  };
}

/** Where a candidate comes from after more of it was typed. */
function typedOn(
  { generation, origin }: CompletionCandidate,
  typed: string,
): Pick<CompletionCandidate, 'generation' | 'origin'> {
  return { generation, origin: { ...origin, typedSince: origin.typedSince + typed } };
}
