import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { quickSuite, spread, taskListFile } from '../../eval/evalSuite.js';
import { installedPackage } from '../../eval/sources/installedPackage.js';
import { answerOf, isNonTrivial, type EvalTask } from '../../eval/tasks/evalTask.js';
import { exampleCounts, fewShotTasks } from '../../eval/tasks/fewShot.js';
import { parseHumanEval } from '../../eval/tasks/humanEval.js';
import { makeQuickList, type CorpusEntry } from '../../eval/tasks/makeTaskLists.js';
import { formatTaskList, parseTaskList, rebuildTasks, shortHash, type ListedFile } from '../../eval/tasks/taskList.js';
import { settledErrorOf } from './settledErrorOf.js';

const root = path.resolve(import.meta.dirname, '../../..');
const corpus = JSON.parse(readFileSync(path.join(root, 'models/training/corpus.json'), 'utf8')) as CorpusEntry[];

function list(name: 'heldOut' | 'quick'): readonly ListedFile[] {
  return parseTaskList(name, readFileSync(taskListFile(root, name), 'utf8'));
}

describe('the held-out tasks', () => {
  it('come from test repositories alone, each at the commit of the corpus', () => {
    const test = new Map(
      corpus.filter(({ split }) => split === 'test').map((entry) => [entry.repository, entry.commit]),
    );
    const wrong = list('heldOut').filter((file) => file.from !== 'git' || test.get(file.repository) !== file.commit);

    expect(wrong).toEqual([]);
  });

  it('have every kind', () => {
    const kinds = new Set(list('heldOut').flatMap(({ tasks }) => tasks.map(([kind]) => kind)));

    expect([...kinds].sort()).toEqual(['bits', 'block', 'boundary', 'line', 'mid-word', 'nothing', 'replay']);
  });
});

describe('the quick tasks', () => {
  it('come from nothing that a model was trained on', () => {
    const trained = new Set(
      corpus.filter(({ split }) => split !== 'test').map(({ repository }) => repository.toLowerCase()),
    );

    expect(list('quick').filter(({ repository }) => trained.has(repository.toLowerCase()))).toEqual([]);
  });

  it('are what making them again gives', () => {
    expect(formatTaskList(makeQuickList(root))).toBe(readFileSync(taskListFile(root, 'quick'), 'utf8'));
  });

  it('can be rebuilt from the installed packages', () => {
    const { listed } = quickSuite(root);

    expect(listed.length).toBe(list('quick').flatMap(({ tasks }) => tasks).length);
    expect(new Set(listed.map(({ id }) => id)).size).toBe(listed.length);
  });

  it('say so when a package has another version', () => {
    const error = settledErrorOf(() => installedPackage(root, 'commander', '1.2.3'));

    expect(error.sentence).toMatch(/commander 1\.2\.3, but \d.* is installed.*--make-tasks quick/);
  });
});

describe('a task list', () => {
  const text = 'const a = 1;\n';
  const file: ListedFile = {
    from: 'git',
    repository: 'owner/name',
    commit: 'c0ffee',
    path: 'src/a.ts',
    sha256: shortHash(text),
    tasks: [['line', 6, 12, shortHash('a = 1;')]],
  };

  it('comes back as it was stored', () => {
    expect(parseTaskList('list', formatTaskList([file]))).toEqual([file]);
  });

  it('becomes tasks with their text', () => {
    const [task] = rebuildTasks([file], () => text);

    expect(answerOf(task!)).toBe('a = 1;');
    expect(task).toMatchObject({ id: 'owner/name/src/a.ts#line@6', source: { languageId: 'typescript' } });
  });

  it.each([
    ['another text', { text: 'const b = 1;\n' }],
    ['another cut', { text, tasks: [['line', 5, 12, shortHash('a = 1;')]] as ListedFile['tasks'] }],
  ])('refuses %s', (_, { text: found, ...changed }) => {
    const error = settledErrorOf(() => rebuildTasks([{ ...file, ...changed }], () => found));

    expect(error.code).toBe('file-unreadable');
    expect(error.message).toContain('src/a.ts of owner/name');
  });

  it('names the line that is not as it should be', () => {
    const contents = `${formatTaskList([file])}{"from":"nowhere"}\n`;

    expect(settledErrorOf(() => parseTaskList('list', contents)).message).toContain('list, line 2');
  });
});

describe('a non-trivial answer', () => {
  const task = (text: string, start: number, end: number): EvalTask => ({
    id: '',
    kind: 'line',
    source: { origin: '', path: 'a.ts', languageId: 'typescript', text },
    start,
    end,
  });

  it.each([
    ['a word written once', 'let x;\ncount();', 7, 15, true],
    ['a word that is written before', 'count();\ncount();', 9, 17, false],
    ['a word that is written after, with other blanks', '  count();  \ncount();', 2, 12, false],
    ['closing brackets', 'f(() => {\n});', 10, 13, false],
    ['Korean', '// 값\n// 합', 8, 9, true],
  ])('has %s: %j', (_, text, start, end, expected) => {
    expect(isNonTrivial(task(text, start, end))).toBe(expected);
  });
});

describe('HumanEval-Infilling', () => {
  it('becomes one task a line, and the lines of a function count as one file', () => {
    const problem = {
      task_id: 'SingleLineInfilling/HumanEval/3/L1',
      prompt: 'def f(a):\n    """ Adds. """\n',
      suffix: '    return b\n',
      canonical_solution: '    b = a + 1\n',
    };
    const [task] = parseHumanEval(`${JSON.stringify(problem)}\n`);

    expect(answerOf(task!)).toBe('    b = a + 1');
    expect(task!.source.text).toBe('def f(a):\n    """ Adds. """\n    b = a + 1\n    return b\n');
    expect(task!.source).toMatchObject({ origin: 'SingleLineInfilling/HumanEval/3', languageId: 'python' });
  });
});

describe('few-shot tasks', () => {
  const tasks = fewShotTasks();

  it('ask the same question with more and more examples', () => {
    const texts = tasks.slice(0, exampleCounts.length).map(({ task }) => task.source.text);
    const question = texts[0]!;

    expect(texts.map((text) => text.split('\n').length - 1)).toEqual([...exampleCounts]);
    expect(texts.every((text) => text.endsWith(question))).toBe(true);
  });

  it('never show the question among the examples', () => {
    const shown = tasks.filter(({ task }) => {
      const [input] = task.source.text.split('\n').at(-1)!.split(' -> ');
      return task.source.text
        .split('\n')
        .slice(0, -1)
        .some((line) => line.startsWith(`${input} -> `));
    });

    expect(shown).toEqual([]);
  });

  it('are the same each time', () => {
    expect(fewShotTasks()).toEqual(tasks);
  });
});

describe('a part of the tasks', () => {
  it('is spread over all of them', () => {
    expect(spread([0, 1, 2, 3, 4, 5, 6, 7, 8, 9], 4)).toEqual([0, 2, 5, 7]);
    expect(spread([1, 2], 4)).toEqual([1, 2]);
  });
});
