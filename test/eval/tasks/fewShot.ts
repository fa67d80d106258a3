import { createRandom, type Random } from '../../../src/core/sampling/random.js';
import type { EvalTask } from './evalTask.js';
import { pick } from './sampleTasks.js';

/** Numbers of examples that are shown before the question. */
export const exampleCounts = [0, 1, 2, 4, 8] as const;

/** Questions of each family, each asked with every number of examples. */
const questionsPerFamily = 24;
const seed = 17;

/** A question of a family of tasks, and the task that it becomes. */
export interface FewShotTask {
  readonly family: string;
  readonly exampleCount: number;
  readonly task: EvalTask;
}

type Family = (random: Random) => readonly [input: string, output: string];

const nouns = ['user', 'order', 'token', 'cache', 'file', 'page', 'event', 'cell', 'graph', 'route', 'label', 'score'];
const verbs = [
  'load',
  'save',
  'merge',
  'parse',
  'count',
  'split',
  'check',
  'apply',
  'reset',
  'fetch',
  'build',
  'close',
];
const suffixes = ['ts', 'py', 'json', 'md', 'css', 'go', 'html', 'yaml'];

/** Each draws a pair of which the second follows from the first by a rule that only examples tell. */
const families: Readonly<Record<string, Family>> = {
  'snake_case to camelCase': (random) => {
    const [verb, first, second] = words(random);
    return [`${verb}_${first}_${second}`, verb + capitalized(first) + capitalized(second)];
  },
  'camelCase to kebab-case': (random) => {
    const [verb, first, second] = words(random);
    return [verb + capitalized(first) + capitalized(second), `${verb}-${first}-${second}`];
  },
  'words to CONSTANT_CASE': (random) => {
    const [verb, first, second] = words(random);
    return [`${verb} ${first} ${second}`, `${verb}_${first}_${second}`.toUpperCase()];
  },
  'ISO date to day.month.year': (random) => {
    const [year, month, day] = [2000 + below(30, random), pad(1 + below(12, random)), pad(1 + below(28, random))];
    return [`${year}-${month}-${day}`, `${day}.${month}.${year}`];
  },
  'suffix of a path': (random) => {
    const [verb, first, second] = words(random);
    const suffix = pick(suffixes, random)!;
    return [`${first}/${verb}-${second}.${suffix}`, suffix];
  },
  'last word': (random) => {
    const [verb, first, second] = words(random);
    return [`${verb} ${first} ${second}`, second];
  },
  'swapped pair': (random) => {
    const [, first, second] = words(random);
    return [`${first}=${second}`, `${second}=${first}`];
  },
  'brackets to quotes': (random) => {
    const [verb, first] = words(random);
    return [`[${verb}] (${first})`, `"${verb}" '${first}'`];
  },
};

/** Every question with every number of examples; the same at each call. No example is the question. */
export function fewShotTasks(): readonly FewShotTask[] {
  const random = createRandom(seed);
  return Object.entries(families).flatMap(([family, draw]) =>
    Array.from({ length: questionsPerFamily }, (_, index) => question(family, index, draw, random)).flat(),
  );
}

function question(family: string, index: number, draw: Family, random: Random): readonly FewShotTask[] {
  const pairs = new Map<string, string>();
  while (pairs.size <= Math.max(...exampleCounts)) pairs.set(...draw(random));
  const [asked, ...examples] = [...pairs];
  const [input, output] = asked!;
  return exampleCounts.map((exampleCount) => {
    const shown = examples.slice(0, exampleCount).map((pair) => `${pair[0]} -> ${pair[1]}\n`);
    const before = `${shown.join('')}${input} -> `;
    return {
      family,
      exampleCount,
      task: {
        id: `few-shot/${family}/${index}#${exampleCount}`,
        kind: 'line',
        source: { origin: `few-shot/${family}`, path: 'examples.txt', languageId: 'plaintext', text: before + output },
        start: before.length,
        end: before.length + output.length,
      },
    };
  });
}

function words(random: Random): readonly [verb: string, first: string, second: string] {
  const first = pick(nouns, random)!;
  const others = nouns.filter((noun) => noun !== first);
  return [pick(verbs, random)!, first, pick(others, random)!];
}

function below(limit: number, random: Random): number {
  return Math.floor(random() * limit);
}

function pad(number: number): string {
  return String(number).padStart(2, '0');
}

function capitalized(word: string): string {
  return word[0]!.toUpperCase() + word.slice(1);
}
