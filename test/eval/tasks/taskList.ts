import { createHash } from 'node:crypto';
import * as v from 'valibot';
import { GlassboxError } from '../../../src/core/errors.js';
import { languageOfPath } from '../../../src/cli/languageOfPath.js';
import { taskKinds, type EvalTask, type SourceText } from './evalTask.js';

const cutSchema = v.tuple([v.picklist(taskKinds), v.number(), v.number(), v.string()]);

const listedFileSchema = v.variant('from', [
  v.object({
    from: v.literal('git'),
    repository: v.string(),
    commit: v.string(),
    path: v.string(),
    sha256: v.string(),
    tasks: v.array(cutSchema),
  }),
  v.object({
    from: v.literal('package'),
    name: v.string(),
    version: v.string(),
    repository: v.string(),
    path: v.string(),
    sha256: v.string(),
    tasks: v.array(cutSchema),
  }),
]);

/**
 * One line of a task list: a file by its provenance, the SHA-256 of its text, and the tasks cut from it, each as
 * `[kind, start, end, SHA-256 of the answer]`. The text itself is not in the list. Hashes are cut to 16 digits.
 */
export type ListedFile = v.InferOutput<typeof listedFileSchema>;

/** Reads the text of a listed file: `\n` line ends, no byte order mark. Throws a GlassboxError that says what to do. */
export type ReadText = (file: ListedFile) => string;

const hashDigits = 16;

/** The first digits of the SHA-256 of a text in UTF-8. */
export function shortHash(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, hashDigits);
}

/** A list as it is stored: one JSON object a line. */
export function formatTaskList(files: readonly ListedFile[]): string {
  return files.map((file) => `${JSON.stringify(file)}\n`).join('');
}

/** @throws GlassboxError `bad-request` that names the line. */
export function parseTaskList(name: string, contents: string): readonly ListedFile[] {
  return contents
    .split('\n')
    .filter((line) => line !== '')
    .map((line, index) => {
      const parsed = v.safeParse(listedFileSchema, JSON.parse(line));
      if (parsed.success) return parsed.output;
      throw new GlassboxError('bad-request', `${name}, line ${index + 1}: ${parsed.issues[0].message}.`);
    });
}

/** Where a file comes from, as one name. */
export function originOf(file: ListedFile): string {
  return file.from === 'git' ? file.repository : `${file.name}@${file.version}`;
}

/**
 * Rebuilds the tasks of a list from the texts.
 *
 * @throws GlassboxError `file-unreadable` when a text is missing, or is not the one that the tasks were cut from.
 */
export function rebuildTasks(files: readonly ListedFile[], read: ReadText): readonly EvalTask[] {
  return files.flatMap((file) => {
    const origin = originOf(file);
    const source = { origin, path: file.path, languageId: languageOfPath(file.path), text: read(file) };
    if (shortHash(source.text) !== file.sha256) throw changed(source);
    return file.tasks.map(([kind, start, end, answerHash]): EvalTask => {
      if (shortHash(source.text.slice(start, end)) !== answerHash) throw changed(source);
      return { id: `${origin}/${file.path}#${kind}@${start}`, kind, source, start, end };
    });
  });
}

function changed({ origin, path }: SourceText): GlassboxError {
  return new GlassboxError('file-unreadable', `${path} of ${origin} is not the text that its tasks were cut from.`, {
    action: 'Make the task list again: npm run eval -- --make-tasks.',
  });
}
