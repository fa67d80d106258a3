import type { BitsAnswer } from '../measure/bits.js';
import type { EvalTask } from '../tasks/evalTask.js';
import { figuresOf, type Figure } from './figure.js';
import { bootstrap } from './intervals.js';

/** Languages with fewer files get no figure of their own. */
const fewestFiles = 5;

/** Bits per byte over all files, and by language. */
export function bitsFigures(
  row: string,
  tasks: readonly EvalTask[],
  answers: readonly BitsAnswer[],
): readonly Figure[] {
  const files = tasks.map(({ source }, index) => ({ language: source.languageId, ...answers[index]! }));
  const languages = [...new Set(files.map(({ language }) => language))].sort();
  const groups = [
    { group: 'all languages', chosen: files },
    ...languages.map((name) => ({ group: name, chosen: files.filter(({ language }) => language === name) })),
  ];
  return groups
    .filter(({ chosen }) => chosen.length >= fewestFiles)
    .flatMap(({ group, chosen }) =>
      figuresOf({ section: 'bits per byte', group, row, count: chosen.length }, [
        [
          'bits per byte',
          'bit/byte',
          bootstrap(
            chosen.map((file) => [file]),
            bitsPerByte,
          ),
        ],
      ]),
    );
}

/** All bits over all bytes. */
export function bitsPerByte(files: readonly BitsAnswer[]): number {
  const total = (of: (file: BitsAnswer) => number): number => files.reduce((sum, file) => sum + of(file), 0);
  return total(({ bits }) => bits) / total(({ byteCount }) => byteCount);
}
