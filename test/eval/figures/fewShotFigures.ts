import type { InfillAnswer } from '../measure/infill.js';
import { answerOf } from '../tasks/evalTask.js';
import { exampleCounts, type FewShotTask } from '../tasks/fewShot.js';
import { figuresOf, type Figure } from './figure.js';
import { isExactMatch } from './infillFigures.js';
import { wilson } from './intervals.js';

/** Exact match by the number of examples, over all families. Wilson's intervals: each question is drawn anew. */
export function fewShotFigures(
  row: string,
  tasks: readonly FewShotTask[],
  answers: readonly InfillAnswer[],
): readonly Figure[] {
  return byExampleCount('few-shot', row, grade(tasks, answers));
}

/** The same for each family of tasks, as rows of a table of one contestant. */
export function familyFigures(
  contestant: string,
  tasks: readonly FewShotTask[],
  answers: readonly InfillAnswer[],
): readonly Figure[] {
  const graded = grade(tasks, answers);
  const families = [...new Set(tasks.map(({ family }) => family))];
  return families.flatMap((name) =>
    byExampleCount(
      `few-shot by family, ${contestant}`,
      name,
      graded.filter(({ family }) => family === name),
    ),
  );
}

interface GradedFewShot extends FewShotTask {
  readonly isExact: boolean;
}

function grade(tasks: readonly FewShotTask[], answers: readonly InfillAnswer[]): readonly GradedFewShot[] {
  return tasks.map((fewShot, index) => ({
    ...fewShot,
    isExact: isExactMatch(answers[index]!.shown, answerOf(fewShot.task)),
  }));
}

function byExampleCount(section: string, row: string, graded: readonly GradedFewShot[]): readonly Figure[] {
  const place = {
    section,
    group: 'exact match by number of examples',
    row,
    count: graded.length / exampleCounts.length,
  };
  return figuresOf(
    place,
    exampleCounts.map((count) => {
      const asked = graded.filter(({ exampleCount }) => exampleCount === count);
      const successes = asked.filter(({ isExact }) => isExact).length;
      return [String(count), 'share', wilson(successes, asked.length)] as const;
    }),
  );
}
