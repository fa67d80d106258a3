import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { createRandom, type Random } from '../../../src/core/sampling/random.js';
import type { GitMirror } from '../sources/gitMirror.js';
import { installedPackage } from '../sources/installedPackage.js';
import { decodeText, isCodePath, isHandWritten } from '../sources/textFilters.js';
import type { TaskKind } from './evalTask.js';
import { headCut, pick, sampleBlock, sampleLine, sampleNothing, sampleWord, type Cut } from './sampleTasks.js';
import { shortHash, type ListedFile } from './taskList.js';

/** A repository of the training corpus' list. */
export interface CorpusEntry {
  readonly repository: string;
  readonly split: string;
  readonly commit: string;
}

/** How many tasks of each kind a list gets. `word` gives two: at the word's start and inside it. */
export interface TaskCounts {
  readonly line: number;
  readonly word: number;
  readonly block: number;
  readonly nothing: number;
  readonly replay: number;
  readonly bits: number;
}

/** Text that is replayed of a file, and that is scored, in UTF-16 units. */
interface TaskLengths {
  readonly replay: number;
  readonly bits: number;
}

/** A file of a group (repository or package) that tasks may be cut from. */
interface Candidate {
  readonly text: string;
  readonly listed: (tasks: ListedFile['tasks']) => ListedFile;
}

const seed = 5;
/** Draws before a group is given up for a kind: most lines begin no block. */
const attemptsPerTask = 2_000;

const heldOutCounts: TaskCounts = { line: 300, word: 300, block: 150, nothing: 300, replay: 14, bits: 84 };
const heldOutLengths: TaskLengths = { replay: 1_200, bits: 6_000 };

const quickCounts: TaskCounts = { line: 100, word: 100, block: 0, nothing: 60, replay: 0, bits: 8 };
const quickLengths: TaskLengths = { replay: 0, bits: 4_000 };

/** Packages whose published files are sources that people wrote, and that no training repository holds. */
const quickPackages = [
  { name: 'commander', folder: 'lib', repository: 'tj/commander.js' },
  { name: 'picomatch', folder: 'lib', repository: 'micromatch/picomatch' },
  { name: 'protobufjs', folder: 'src', repository: 'protobufjs/protobuf.js' },
] as const;

/** Cuts the tasks of the held-out list from the test repositories; every repository counts alike. */
export function makeHeldOutList(corpus: readonly CorpusEntry[], mirror: GitMirror): readonly ListedFile[] {
  const groups = corpus
    .filter(({ split }) => split === 'test')
    .map((entry) => heldOutCandidates(entry, mirror))
    .filter((candidates) => candidates.length > 0);
  return cutTasks(groups, heldOutCounts, heldOutLengths);
}

/** Cuts the quick tasks from packages that every clone has after `npm ci`. */
export function makeQuickList(root: string): readonly ListedFile[] {
  const groups = quickPackages.map(({ name, folder, repository }) => {
    const { version, folder: installed } = installedPackage(root, name);
    return readdirSync(path.join(installed, folder))
      .filter((file) => file.endsWith('.js'))
      .sort()
      .flatMap((file): Candidate[] => {
        const inner = `${folder}/${file}`;
        const text = decodeText(readFileSync(path.join(installed, inner)));
        if (text === undefined) return [];
        const provenance = {
          from: 'package',
          name,
          version,
          repository,
          path: inner,
          sha256: shortHash(text),
        } as const;
        return [{ text, listed: (tasks) => ({ ...provenance, tasks }) }];
      });
  });
  return cutTasks(groups, quickCounts, quickLengths);
}

function heldOutCandidates({ repository, commit }: CorpusEntry, mirror: GitMirror): readonly Candidate[] {
  const paths = mirror.paths(repository, commit).filter(isCodePath);
  return mirror.read(repository, commit, paths).flatMap((bytes, index): Candidate[] => {
    const text = bytes === undefined ? undefined : decodeText(bytes);
    if (text === undefined || !isHandWritten(text)) return [];
    const provenance = { from: 'git', repository, commit, path: paths[index]!, sha256: shortHash(text) } as const;
    return [{ text, listed: (tasks) => ({ ...provenance, tasks }) }];
  });
}

function cutTasks(
  groups: readonly (readonly Candidate[])[],
  counts: TaskCounts,
  lengths: TaskLengths,
): readonly ListedFile[] {
  const random = createRandom(seed);
  const cuts = new Map<Candidate, ListedFile['tasks']>();
  const note = (candidate: Candidate, added: readonly (readonly [TaskKind, Cut | undefined])[]): boolean => {
    const tasks = cuts.get(candidate) ?? [];
    const isKnown = (kind: TaskKind, cut: Cut): boolean =>
      tasks.some((task) => task[0] === kind && task[1] === cut.start);
    const isNew = added.every(([kind, cut]) => cut !== undefined && !isKnown(kind, cut));
    if (!isNew) return false;
    for (const [kind, cut] of added) {
      const { start, end } = cut!;
      tasks.push([kind, start, end, shortHash(candidate.text.slice(start, end))]);
    }
    cuts.set(candidate, tasks);
    return true;
  };
  const share = (count: number, turn: number): number => Math.ceil((count - turn) / groups.length);
  for (const [turn, group] of groups.entries()) {
    const draw = (count: number, sample: (candidate: Candidate) => boolean): void =>
      drawFrom(group, share(count, turn), random, sample);
    const simple = (
      kind: TaskKind & keyof TaskCounts,
      sample: (text: string, random: Random) => Cut | undefined,
    ): void => draw(counts[kind], (candidate) => note(candidate, [[kind, sample(candidate.text, random)]]));
    simple('line', sampleLine);
    draw(counts.word, (candidate) => {
      const word = sampleWord(candidate.text, random);
      return note(candidate, [
        ['boundary', word?.boundary],
        ['mid-word', word?.inside],
      ]);
    });
    simple('block', sampleBlock);
    simple('nothing', sampleNothing);
    const files = shuffled(group, random);
    for (const file of files.slice(0, share(counts.replay, turn)))
      note(file, [['replay', headCut(file.text, lengths.replay)]]);
    for (const file of files.slice(0, share(counts.bits, turn)))
      note(file, [['bits', headCut(file.text, lengths.bits)]]);
  }
  return groups.flat().flatMap((candidate) => {
    const tasks = cuts.get(candidate);
    return tasks === undefined ? [] : [candidate.listed(tasks)];
  });
}

function drawFrom(
  group: readonly Candidate[],
  count: number,
  random: Random,
  sample: (candidate: Candidate) => boolean,
): void {
  let found = 0;
  for (let attempt = 0; found < count && attempt < count * attemptsPerTask; attempt++) {
    if (sample(pick(group, random)!)) found++;
  }
}

/** Fisher and Yates' shuffle. */
function shuffled<T>(values: readonly T[], random: Random): readonly T[] {
  const order = [...values];
  for (let last = order.length - 1; last > 0; last--) {
    const other = Math.floor(random() * (last + 1));
    [order[last], order[other]] = [order[other]!, order[last]!];
  }
  return order;
}
