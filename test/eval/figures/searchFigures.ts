import { bm25Label, type EmbeddingSpeed, type SearchRanks } from '../search/measureSearch.js';
import type { SearchTask } from '../search/searchTasks.js';
import { figuresOf, type Figure } from './figure.js';
import { bootstrap, clustersBy, mean, type Estimate } from './intervals.js';

const section = 'description to function';

/** Mean reciprocal rank and share of first places, of everything that ranked and by language; and the ratio to BM25's. */
export function searchFigures(tasks: readonly SearchTask[], ranks: SearchRanks): readonly Figure[] {
  const languages = [...new Set(tasks.map(({ languageId }) => languageId))].sort();
  const indices = tasks.map((_, index) => index);
  const groups = [
    { group: `among ${tasks.length}`, members: indices },
    ...languages.map((language) => ({
      group: `${language}, among ${tasks.length}`,
      members: indices.filter((index) => tasks[index]!.languageId === language),
    })),
  ];
  return groups.flatMap(({ group, members }) => {
    const files = clustersBy(members, (index) => tasks[index]!.file);
    const over = (statistic: (drawn: readonly number[]) => number): Estimate => bootstrap(files, statistic);
    const reciprocal = (row: string, drawn: readonly number[]): number =>
      mean(drawn.map((index) => 1 / ranks.get(row)![index]!));
    return [...ranks.keys()].flatMap((row) =>
      figuresOf({ section, group, count: members.length, row }, [
        ['mean reciprocal rank', 'share', over((drawn) => reciprocal(row, drawn))],
        ['first', 'share', over((drawn) => mean(drawn.map((index) => Number(ranks.get(row)![index] === 1))))],
        ['first ten', 'share', over((drawn) => mean(drawn.map((index) => Number(ranks.get(row)![index]! <= 10))))],
        ['times BM25', 'times', over((drawn) => reciprocal(row, drawn) / reciprocal(bm25Label, drawn))],
      ]),
    );
  });
}

/** Functions embedded in a second of processor time. */
export function speedFigures(speeds: ReadonlyMap<string, EmbeddingSpeed>): readonly Figure[] {
  return [...speeds].flatMap(([row, { functionCount, processorMs }]) =>
    figuresOf({ section: 'embedding', group: 'processor time, one thread', count: functionCount, row }, [
      ['functions a second', 'a second', (1000 * functionCount) / processorMs],
    ]),
  );
}
