import * as v from 'valibot';
import { GlassboxError } from '../../../src/core/errors.js';
import { languageOfPath } from '../../../src/cli/languageOfPath.js';
import { createRandom } from '../../../src/core/sampling/random.js';
import { documentedFunctions, mayHoldPairs, type DocumentedFunction } from '../pairs/documentedFunctions.js';
import type { Grammar } from '../pairs/grammars.js';
import { SeenPairs } from '../pairs/seenPairs.js';
import type { GitMirror } from '../sources/gitMirror.js';
import { decodeText, isCodePath, isHandWritten } from '../sources/textFilters.js';
import type { CorpusEntry } from '../tasks/makeTaskLists.js';
import { shortHash } from '../tasks/taskList.js';

const listedSchema = v.object({
  repository: v.string(),
  commit: v.string(),
  path: v.string(),
  /** SHA-256 of the file's text, cut. */
  sha256: v.string(),
  /** `[start, end, SHA-256 of description and code]` of each function, in UTF-16 units. */
  functions: v.array(v.tuple([v.number(), v.number(), v.string()])),
});

/** One line of the list: a file by its provenance, and which of its functions are looked for. */
export type ListedSearchFile = v.InferOutput<typeof listedSchema>;

/** A description and the function that it is to find. */
export interface SearchTask {
  /** Repository and path: functions of one file are alike. */
  readonly file: string;
  readonly languageId: string;
  readonly description: string;
  readonly code: string;
}

/** Functions that are looked for, each among all of them. */
export const candidateCount = 1_000;
/** No repository gives more than this. */
const mostOfRepository = 150;
const seed = 21;

/** Where the list is, below the repository of this program. */
export const searchListPath = 'test/eval/tasks/search.jsonl';

/**
 * Draws the functions to look for from the test repositories: documented ones, as the training takes them, but only one of
 * a name in a repository, because overloads have one description in many words.
 */
export function makeSearchList(
  corpus: readonly CorpusEntry[],
  mirror: GitMirror,
  grammars: ReadonlyMap<string, Grammar>,
): readonly ListedSearchFile[] {
  const random = createRandom(seed);
  const seen = new SeenPairs();
  const drawn = corpus
    .filter(({ split }) => split === 'test')
    .flatMap((entry) => {
      const found = shuffled(functionsOf(entry, mirror, grammars), random);
      const names = new Set<string>();
      return found
        .filter(({ documented: { name, description, code } }) => {
          if (names.has(name) || !seen.add(description, code)) return false;
          names.add(name);
          return true;
        })
        .slice(0, mostOfRepository);
    });
  if (drawn.length < candidateCount) {
    throw new GlassboxError(
      'bad-request',
      `The test repositories hold ${drawn.length} functions, not ${candidateCount}.`,
    );
  }
  const files = new Map<string, ListedSearchFile>();
  for (const { file, documented } of shuffled(drawn, random).slice(0, candidateCount)) {
    const key = `${file.repository}/${file.path}`;
    const listed = files.get(key) ?? { ...file, functions: [] };
    listed.functions.push([documented.start, documented.end, hashOf(documented)]);
    files.set(key, listed);
  }
  return [...files.values()];
}

/** @throws GlassboxError `bad-request` that names the line. */
export function parseSearchList(contents: string): readonly ListedSearchFile[] {
  return contents
    .split('\n')
    .filter((line) => line !== '')
    .map((line, index) => {
      const parsed = v.safeParse(listedSchema, JSON.parse(line));
      if (parsed.success) return parsed.output;
      throw new GlassboxError('bad-request', `${searchListPath}, line ${index + 1}: ${parsed.issues[0].message}.`);
    });
}

/**
 * Rebuilds the descriptions and functions of a list.
 *
 * @throws GlassboxError `file-unreadable` when a text is missing, or is not the one that the list was made from.
 */
export function rebuildSearchTasks(
  files: readonly ListedSearchFile[],
  mirror: GitMirror,
  grammars: ReadonlyMap<string, Grammar>,
): readonly SearchTask[] {
  return files.flatMap((file) => {
    const languageId = languageOfPath(file.path);
    const [bytes] = mirror.read(file.repository, file.commit, [file.path]);
    const text = bytes === undefined ? undefined : decodeText(bytes);
    if (text === undefined || shortHash(text) !== file.sha256) throw changed(file);
    const found = documentedFunctions(text, grammars.get(languageId)!);
    return file.functions.map(([start, end, hash]) => {
      const documented = found.find((candidate) => candidate.start === start && candidate.end === end);
      if (documented === undefined || hashOf(documented) !== hash) throw changed(file);
      const { description, code } = documented;
      return { file: `${file.repository}/${file.path}`, languageId, description, code };
    });
  });
}

interface FoundFunction {
  readonly file: Omit<ListedSearchFile, 'functions'>;
  readonly documented: DocumentedFunction;
}

function functionsOf(
  { repository, commit }: CorpusEntry,
  mirror: GitMirror,
  grammars: ReadonlyMap<string, Grammar>,
): readonly FoundFunction[] {
  const paths = mirror
    .paths(repository, commit)
    .filter((path) => isCodePath(path) && mayHoldPairs(path) && grammars.has(languageOfPath(path)));
  return mirror.read(repository, commit, paths).flatMap((bytes, index) => {
    const text = bytes === undefined ? undefined : decodeText(bytes);
    if (text === undefined || !isHandWritten(text)) return [];
    const path = paths[index]!;
    const file = { repository, commit, path, sha256: shortHash(text) };
    return documentedFunctions(text, grammars.get(languageOfPath(path))!).map((documented) => ({ file, documented }));
  });
}

function hashOf({ description, code }: DocumentedFunction): string {
  return shortHash(`${description}\0${code}`);
}

function changed({ repository, path }: ListedSearchFile): GlassboxError {
  return new GlassboxError(
    'file-unreadable',
    `${path} of ${repository} is not the text that its tasks were cut from.`,
    {
      action: 'Make the task list again: npm run eval -- --make-tasks search.',
    },
  );
}

/** Fisher and Yates' shuffle. */
function shuffled<T>(values: readonly T[], random: () => number): readonly T[] {
  const order = [...values];
  for (let last = order.length - 1; last > 0; last--) {
    const other = Math.floor(random() * (last + 1));
    [order[last], order[other]] = [order[other]!, order[last]!];
  }
  return order;
}
