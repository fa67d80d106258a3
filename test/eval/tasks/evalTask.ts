/**
 * What one task asks. `line`: a whole line but its indentation. `boundary`: the rest of a line from the start of a word.
 * `mid-word`: the rest from inside that same word. `block`: the body of a block. `nothing`: a place in a finished file
 * at which nothing is missing. `replay`: a file is typed. `bits`: a file is scored.
 */
export const taskKinds = ['line', 'boundary', 'mid-word', 'block', 'nothing', 'replay', 'bits'] as const;

/** One of {@link taskKinds}. */
export type TaskKind = (typeof taskKinds)[number];

/** Kinds whose answer ends with its line. */
export const singleLineKinds = ['line', 'boundary', 'mid-word'] as const satisfies readonly TaskKind[];

/** A file that tasks are cut from. */
export interface SourceText {
  /** Repository (`owner/name`), or package with version (`name@1.2.3`). */
  readonly origin: string;
  /** Path within it, with forward slashes. */
  readonly path: string;
  /** VS Code language id. */
  readonly languageId: string;
  /** `\n` line ends, no byte order mark. */
  readonly text: string;
}

/** A cut of a file: the cursor stands at `start`, and what is to be written ends before `end` (UTF-16 units). */
export interface EvalTask {
  readonly id: string;
  readonly kind: TaskKind;
  readonly source: SourceText;
  readonly start: number;
  readonly end: number;
}

/** What stood between the cursor and the end of the cut. */
export function answerOf({ source, start, end }: EvalTask): string {
  return source.text.slice(start, end);
}

/**
 * True when the answer has to be found: it holds a word character, and without its outer blanks it is written nowhere
 * else in the file.
 */
export function isNonTrivial(task: EvalTask): boolean {
  const answer = answerOf(task).trim();
  if (!/[\p{L}\p{N}_]/u.test(answer)) return false;
  const { text } = task.source;
  return !text.slice(0, task.start).includes(answer) && !text.slice(task.end).includes(answer);
}
