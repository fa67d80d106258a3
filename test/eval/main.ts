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
import { evalRows, withoutMemory } from './contestants/evalRows.js';
import type { RequestChanges } from './contestants/modelContestant.js';
import { evalParts, quickSuite, taskListFile, wholeSuite, type EvalPart, type EvalSuite } from './evalSuite.js';
import { checkBars, encoderBars, heldOutBars, modelAloneBars, quickBounds, type CheckedBar } from './figures/bars.js';
import type { ModelDescriptor } from '../../src/core/model/modelDescriptor.js';
import { buildFigures } from './figures/buildFigures.js';
import type { Figure } from './figures/figure.js';
import { formatMarkdown, formatReport, type EvalEnvironment } from './figures/report.js';
import { AnswerStore } from './measure/answerStore.js';
import { Progress } from './measure/progress.js';
import { runEval, type Row } from './measure/runEval.js';
import { loadGrammars } from './pairs/grammars.js';
import { evaluateEncoder } from './search/evaluateEncoder.js';
import { makeSearchList, searchListPath } from './search/searchTasks.js';
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
  readonly makeTasks?: true | 'heldOut' | 'quick' | 'search';
  readonly encoder?: string;
}

const root = path.resolve(import.meta.dirname, '../..');

async function evaluate(options: EvalOptions, services: CliServices): Promise<void> {
  const { terminal } = services;
  if (options.makeTasks !== undefined) {
    await makeTaskLists(options);
    return;
  }
  const code = options.only.some((part) => part !== 'encoder') ? await evaluateCode(options, services) : undefined;
  const isEncoderMeasured = options.only.includes('encoder') && options.quick !== true;
  const encoder = isEncoderMeasured ? await measureEncoder(options, services) : undefined;
  const measured = [code, encoder].filter((evaluation) => evaluation !== undefined);
  const report = {
    environment: await describeEnvironment(
      measured.map(({ model }) => named(model)).join(' and '),
      code?.previous && named(code.previous),
      services,
    ),
    figures: measured.flatMap(({ figures }) => figures),
    bars: measured.flatMap(({ bars }) => bars),
  };
  const json = `${JSON.stringify(report, undefined, 2)}\n`;
  writeFileSync(path.join(root, 'out/eval.json'), json);
  writeFileSync(path.join(root, 'out/eval.md'), formatMarkdown(report));
  await terminal.write(options.json === true ? json : formatReport(report));
  if (options.show !== undefined && code !== undefined) {
    await terminal.write(`\n${showCompletions(code.rows[0]!, code.suite.listed, code.store, options.show)}`);
  }
}

/** What was measured of one model. */
interface ModelEvaluation {
  readonly model: ModelDescriptor;
  readonly figures: readonly Figure[];
  readonly bars: readonly CheckedBar[];
}

/** What was measured of a model that writes. */
interface CodeEvaluation extends ModelEvaluation {
  readonly previous: ModelDescriptor | undefined;
  readonly suite: EvalSuite;
  readonly rows: readonly Row[];
  readonly store: AnswerStore;
}

async function evaluateCode(options: EvalOptions, services: CliServices): Promise<CodeEvaluation> {
  const { terminal, engine, signal } = services;
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
  const label = rows[0]!.contestant.label;
  const bars =
    options.quick === true
      ? checkBars(quickBounds(root), figures, label)
      : [
          ...checkBars(heldOutBars, figures, label),
          ...checkBars(modelAloneBars, figures, `${label} (${withoutMemory})`),
        ];
  return { model, previous, suite, rows, store, figures, bars };
}

/** Measures the encoder that `--encoder` names, otherwise the first that is found. */
async function measureEncoder(
  { encoder, models, mirror }: EvalOptions,
  services: CliServices,
): Promise<ModelEvaluation> {
  const chosen = { ...(encoder === undefined ? {} : { model: encoder }), models };
  const model = await selectModel(chosen, services, 'embedding');
  const figures = await evaluateEncoder(root, mirror, model, services);
  return { model, figures, bars: checkBars(encoderBars, figures, model.id) };
}

function named({ id, version }: ModelDescriptor): string {
  return `${id} ${version}`;
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

async function makeTaskLists({ makeTasks, mirror }: EvalOptions): Promise<void> {
  const isMade = (list: 'heldOut' | 'quick' | 'search'): boolean => makeTasks === true || makeTasks === list;
  const corpus = JSON.parse(readFileSync(path.join(root, 'models/training/corpus.json'), 'utf8')) as CorpusEntry[];
  const repositories = new GitMirror(mirror);
  if (isMade('heldOut')) {
    writeFileSync(taskListFile(root, 'heldOut'), formatTaskList(makeHeldOutList(corpus, repositories)));
  }
  if (isMade('quick')) writeFileSync(taskListFile(root, 'quick'), formatTaskList(makeQuickList(root)));
  if (isMade('search')) {
    const listed = makeSearchList(corpus, repositories, await loadGrammars());
    writeFileSync(path.join(root, searchListPath), listed.map((file) => `${JSON.stringify(file)}\n`).join(''));
  }
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
  hash.update(readFileSync(path.join(root, searchListPath)));
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
      'n-grams and copying, and an encoder beside BM25. Goes on where it was stopped. Also writes out/eval.json and out/eval.md.',
  )
  .option('--model <id|folder>', 'model to measure')
  .option('--models <folder...>', 'more folders to look for models in', [])
  .option('--encoder <id|folder>', 'encoder to measure')
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
      'search',
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
