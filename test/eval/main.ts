import { Command, InvalidArgumentError, Option } from 'commander';
import { createHash } from 'node:crypto';
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import type { CliServices } from '../../src/cli/cliServices.js';
import { selectModel, type ModelOptions } from '../../src/cli/modelSelection.js';
import { createNodeServices } from '../../src/cli/nodeServices.js';
import { reportLine } from '../../src/cli/terminal.js';
import { GlassboxError } from '../../src/core/errors.js';
import { evalRows } from './contestants/evalRows.js';
import type { RequestChanges } from './contestants/modelContestant.js';
import { evalParts, quickSuite, taskListFile, wholeSuite, type EvalPart, type EvalSuite } from './evalSuite.js';
import { checkBars, heldOutBars, quickBounds } from './figures/bars.js';
import { buildFigures } from './figures/buildFigures.js';
import { formatMarkdown, formatReport, type EvalEnvironment } from './figures/report.js';
import { AnswerStore } from './measure/answerStore.js';
import { Progress } from './measure/progress.js';
import { runEval } from './measure/runEval.js';
import { showCompletions } from './show.js';
import { GitMirror } from './sources/gitMirror.js';
import { makeHeldOutList, makeQuickList, type CorpusEntry } from './tasks/makeTaskLists.js';
import { formatTaskList } from './tasks/taskList.js';

/** Options of `npm run eval`. */
interface EvalOptions extends ModelOptions {
  readonly previous?: string;
  readonly mirror: string;
  readonly only: readonly EvalPart[];
  readonly tasks: number;
  readonly lineTokens?: number;
  readonly healing: boolean;
  readonly show?: number;
  readonly quick?: true;
  readonly fresh?: true;
  readonly json?: true;
  readonly makeTasks?: true | 'heldOut' | 'quick';
}

const root = path.resolve(import.meta.dirname, '../..');

async function evaluate(options: EvalOptions, services: CliServices): Promise<void> {
  const { terminal, engine, signal } = services;
  if (options.makeTasks !== undefined) {
    makeTaskLists(options);
    return;
  }
  const suite = suiteOf(options);
  const model = await selectModel(options, services);
  const previous =
    options.previous === undefined ? undefined : await selectModel({ model: options.previous, models: [] }, services);
  const rows = evalRows({ engine, model, previous, readOrigin: suite.readOrigin, variants: variantsOf(options) });
  const storeFile = path.join(root, `out/eval/${fingerprint()}.jsonl`);
  if (options.fresh === true) rmSync(storeFile, { force: true });
  const store = new AnswerStore(storeFile);
  const progress = new Progress(services.clock, (line) => reportLine(terminal, line));
  const tasks = [...suite.listed, ...suite.humanEval, ...suite.fewShot.map(({ task }) => task)];
  await runEval({ rows, tasks, store, onProgress: (...state) => progress.note(...state) }, engine, signal);

  const figures = buildFigures(suite, rows, store);
  const named = ({ id, version }: typeof model): string => `${id} ${version}`;
  const report = {
    environment: await describeEnvironment(named(model), previous && named(previous), services),
    figures,
    bars:
      options.quick === true
        ? checkBars(quickBounds(root), figures, rows[0]!.contestant.label)
        : checkBars(heldOutBars, figures, rows[0]!.contestant.label),
  };
  const json = `${JSON.stringify(report, undefined, 2)}\n`;
  writeFileSync(path.join(root, 'out/eval.json'), json);
  writeFileSync(path.join(root, 'out/eval.md'), formatMarkdown(report));
  await terminal.write(options.json === true ? json : formatReport(report));
  if (options.show !== undefined) {
    await terminal.write(`\n${showCompletions(rows[0]!, suite.listed, store, options.show)}`);
  }
}

function suiteOf({ quick, mirror, only, tasks }: EvalOptions): EvalSuite {
  return quick === true ? quickSuite(root) : wholeSuite({ root, mirror, parts: only, limit: tasks });
}

function variantsOf({ lineTokens, healing }: EvalOptions): Readonly<Record<string, RequestChanges>> {
  return {
    ...(lineTokens === undefined ? {} : { [`up to ${lineTokens} tokens a line`]: { lineTokens } }),
    ...(healing ? {} : { 'without token healing': { tokenHealing: false } }),
  };
}

function makeTaskLists({ makeTasks, mirror }: EvalOptions): void {
  if (makeTasks !== 'quick') {
    const corpus = JSON.parse(readFileSync(path.join(root, 'models/training/corpus.json'), 'utf8')) as CorpusEntry[];
    writeFileSync(taskListFile(root, 'heldOut'), formatTaskList(makeHeldOutList(corpus, new GitMirror(mirror))));
  }
  if (makeTasks !== 'heldOut') writeFileSync(taskListFile(root, 'quick'), formatTaskList(makeQuickList(root)));
}

/** Changes with everything that an answer depends on besides the model, whose hash is in the answer's key. */
function fingerprint(): string {
  const hash = createHash('sha256');
  for (const file of ['dist/engine.cjs', 'out/eval/runEval.mjs', 'out/eval/evalRows.mjs'])
    hash.update(readFileSync(path.join(root, file)));
  return hash.digest('hex').slice(0, 16);
}

async function describeEnvironment(
  model: string,
  previous: string | undefined,
  { engine, version, signal }: CliServices,
): Promise<EvalEnvironment> {
  const { onnxRuntimeVersion } = await engine.call('engine/state', {}, { signal });
  const lists = ['heldOut', 'quick'] as const;
  const hash = createHash('sha256');
  for (const name of lists) hash.update(readFileSync(taskListFile(root, name)));
  return {
    glassbox: version,
    model,
    ...(previous === undefined ? {} : { previous }),
    cpu: os.cpus()[0]?.model.trim() ?? 'unknown CPU',
    node: process.versions.node,
    onnxRuntime: onnxRuntimeVersion,
    tasks: hash.digest('hex').slice(0, 8),
  };
}

function wholeNumber(value: string): number {
  const number = Number(value);
  if (!Number.isSafeInteger(number) || number < 1) throw new InvalidArgumentError('It must be a whole number from 1.');
  return number;
}

const { services, dispose } = createNodeServices(root);
const program = new Command('npm run eval --')
  .description(
    'Measures a code model on held-out code, through the engine and the completion pipeline of the editor, beside\n' +
      'n-grams and copying. Goes on where it was stopped. Also writes out/eval.json and out/eval.md.',
  )
  .option('--model <id|folder>', 'model to measure')
  .option('--models <folder...>', 'more folders to look for models in', [])
  .option('--previous <folder>', 'model to compare with')
  .option(
    '--mirror <folder>',
    'git directories of the test repositories, OWNER+NAME.git',
    path.join(root, 'out/mirror'),
  )
  .addOption(new Option('--only <part...>', 'measure only these parts').choices(evalParts).default(evalParts))
  .option('--tasks <count>', 'most tasks of each kind', wholeNumber, Number.MAX_SAFE_INTEGER)
  .option('--line-tokens <count>', 'a further row: the model with so many tokens for one line', wholeNumber)
  .option('--no-healing', 'a further row: the model without token healing')
  .option('--show <count>', 'also show so many random completions of the model', wholeNumber)
  .option('--quick', 'the tasks that npm test holds against stored bounds; needs no mirror')
  .option('--fresh', 'forget answers of a run that was stopped')
  .option('--json', 'print the report as JSON')
  .addOption(
    new Option('--make-tasks [list]', 'cut new tasks from the mirror and the installed packages, and end').choices([
      'heldOut',
      'quick',
    ]),
  )
  .action(async (options: EvalOptions) => evaluate(options, services));
try {
  await program.parseAsync();
} catch (error) {
  reportLine(services.terminal, GlassboxError.from(error).sentence);
  process.exitCode = 1;
}
await dispose();
