import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { ReadOrigin } from './contestants/neighbourFiles.js';
import { GitMirror } from './sources/gitMirror.js';
import { OriginTexts } from './sources/originTexts.js';
import type { EvalTask, TaskKind } from './tasks/evalTask.js';
import { fewShotTasks, type FewShotTask } from './tasks/fewShot.js';
import { humanEvalTasks } from './tasks/humanEval.js';
import { parseTaskList, rebuildTasks } from './tasks/taskList.js';

/** Parts about the model that writes. */
export const codeParts = ['lines', 'blocks', 'nothing', 'replay', 'bits', 'humaneval', 'few-shot'] as const;

/** What can be measured alone with `--only`. */
export const evalParts = [...codeParts, 'encoder'] as const;

/** One of {@link evalParts}. */
export type EvalPart = (typeof evalParts)[number];

/** Every task of an evaluation, with its text. */
export interface EvalSuite {
  /** Of the held-out or the quick list. */
  readonly listed: readonly EvalTask[];
  readonly humanEval: readonly EvalTask[];
  readonly fewShot: readonly FewShotTask[];
  /** The source files around those of `listed`. */
  readonly readOrigin: ReadOrigin;
}

/** Which tasks to take. */
export interface SuiteOptions {
  /** The repository of this program. */
  readonly root: string;
  /** Folder of git directories. */
  readonly mirror: string;
  readonly parts: readonly EvalPart[];
  /** Most tasks of each kind, spread evenly over the list. */
  readonly limit: number;
}

const partOfKind: Readonly<Record<TaskKind, EvalPart>> = {
  line: 'lines',
  boundary: 'lines',
  'mid-word': 'lines',
  block: 'blocks',
  nothing: 'nothing',
  replay: 'replay',
  bits: 'bits',
};

/** Absolute file of a task list. */
export function taskListFile(root: string, name: 'heldOut' | 'quick'): string {
  return path.join(root, `test/eval/tasks/${name}.jsonl`);
}

/**
 * The whole evaluation.
 * @throws GlassboxError `file-unreadable` when a text is missing, with the command that brings it.
 */
export function wholeSuite(options: SuiteOptions): EvalSuite {
  const { root, parts, limit } = options;
  const mirror = new GitMirror(options.mirror);
  const isListed = evalParts.slice(0, 5).some((part) => parts.includes(part));
  const { listed, readOrigin } = isListed
    ? listedTasks('heldOut', root, mirror)
    : { listed: [], readOrigin: () => new Map<string, string>() };
  const kinds = Object.keys(partOfKind) as TaskKind[];
  return {
    listed: kinds
      .filter((kind) => parts.includes(partOfKind[kind]))
      .flatMap((kind) =>
        spread(
          listed.filter((task) => task.kind === kind),
          limit,
        ),
      ),
    humanEval: parts.includes('humaneval') ? spread(humanEvalTasks(mirror), limit) : [],
    fewShot: parts.includes('few-shot') ? fewShotTasks() : [],
    readOrigin,
  };
}

/**
 * The quick tasks, from packages that every clone has.
 * @throws GlassboxError `file-unreadable` when a package is missing or has another version.
 */
export function quickSuite(root: string): EvalSuite {
  return { ...listedTasks('quick', root, new GitMirror('')), humanEval: [], fewShot: [] };
}

/** At most `limit` of the values, evenly spread. */
export function spread<T>(values: readonly T[], limit: number): readonly T[] {
  if (values.length <= limit) return values;
  return Array.from({ length: limit }, (_, index) => values[Math.floor((index * values.length) / limit)]!);
}

function listedTasks(
  name: 'heldOut' | 'quick',
  root: string,
  mirror: GitMirror,
): Pick<EvalSuite, 'listed' | 'readOrigin'> {
  const file = taskListFile(root, name);
  const files = parseTaskList(path.basename(file), readFileSync(file, 'utf8'));
  const texts = new OriginTexts(root, mirror, files);
  return {
    listed: rebuildTasks(files, (listed) => texts.read(listed)),
    readOrigin: (origin) => texts.of(origin),
  };
}
