import { Command, CommanderError, InvalidArgumentError, Option } from 'commander';
import { GlassboxError } from '../core/errors.js';
import type { CliServices } from './cliServices.js';
import { printBench, type BenchOptions } from './bench/benchCommand.js';
import { completeBatch } from './complete/completeBatch.js';
import { completeFile, type CompleteFileOptions } from './complete/completeFile.js';
import type { MemoryOptions } from './complete/rememberFolder.js';
import { exitCodeHelp, exitCodeOf, exitCodes, type ExitCode } from './exitCodes.js';
import { findCode, type FindOptions } from './find/findCommand.js';
import { parseLineRange, type LineRange } from './lineRange.js';
import { printModels, type ModelsOptions } from './modelsCommand.js';
import { printScore, type ScoreOptions } from './scoreCommand.js';
import { reportLine } from './terminal.js';
import { printTokens, type TokensOptions } from './tokensCommand.js';
import { explainFile, type WhyOptions } from './why/whyCommand.js';

const defaultRounds = 7;
const defaultTop = 10;

type Finish = (exitCode: ExitCode) => void;

/**
 * Runs the command that the arguments name (without `node` and the script). Never rejects: an error becomes one line on
 * standard error and an exit code.
 */
export async function runCli(args: readonly string[], services: CliServices): Promise<ExitCode> {
  let exitCode: ExitCode = exitCodes.ok;
  const program = createProgram(services, (code) => {
    exitCode = code;
  });
  try {
    await program.parseAsync(args, { from: 'user' });
    return exitCode;
  } catch (error) {
    // Commander has printed its message, and its help, already.
    if (error instanceof CommanderError) return error.exitCode === 0 ? exitCodes.ok : exitCodes.usage;
    if (services.signal.aborted) return exitCodes.interrupted;
    const { code, sentence } = GlassboxError.from(error);
    if (code !== 'cancelled') reportLine(services.terminal, sentence);
    return exitCodeOf(code);
  }
}

function createProgram(services: CliServices, finish: Finish): Command {
  const { terminal } = services;
  const program = new Command('glassbox')
    .description('Completes code with a local ONNX model, and lets you look at what the model does.')
    .version(services.version)
    .exitOverride()
    .configureOutput({
      writeOut: (text) => void terminal.write(text),
      writeErr: (text) => terminal.writeError(text),
      outputError: (text) =>
        reportLine(terminal, `${text.replace(/^error: /, '').replace(/\.?\s*$/, '')}. See glassbox --help.`),
    })
    .addHelpText('after', exitCodeHelp);
  addComplete(program, services, finish);
  addTokens(program, services, finish);
  addScore(program, services, finish);
  addWhy(program, services, finish);
  addFind(program, services, finish);
  addModels(program, services, finish);
  addBench(program, services, finish);
  return program;
}

function addComplete(program: Command, services: CliServices, finish: Finish): void {
  withPlaceOptions(withModelOptions(program.command('complete')))
    .summary('complete a file at a place, or a batch of tasks')
    .description(
      'Prints the text that the editor would offer at a place. Line and column count from 1, the column in UTF-16 units.\n' +
        'Nothing is printed and the exit code is 4 when there is nothing to offer.',
    )
    .argument('[target]', 'FILE:LINE:COL')
    .option('--batch <tasks>', 'complete every line of a JSON Lines file, or of standard input when it is -')
    .option('--json', 'print outcome, text, range, tokens, model and timings as JSON')
    .addHelpText('after', completeHelp)
    .action(async (target: string | undefined, options: CompleteFileOptions & { batch?: string }) => {
      if ((target === undefined) === (options.batch === undefined)) {
        throw new GlassboxError('bad-request', 'complete takes either FILE:LINE:COL or --batch TASKS.', {
          action: 'See glassbox complete --help.',
        });
      }
      const work =
        target === undefined
          ? completeBatch(options.batch!, options, services)
          : completeFile(target, options, services);
      finish(await work);
    });
}

const completeHelp = `
A task of a batch is {"id","language","path"?,"prefix","suffix","maxNewTokens"?,"singleLine"?}, its answer
{"id","outcome","text","latencyMs"}, in the same order. prefix + text + suffix is the completed document; only when
"replacedLength" is there, text also replaces that many UTF-16 units of the suffix (brackets it closes itself).
What is offered went through the editor's post-processing: the document's own line ends and indentation, no text that
already follows, no repetition. "reason" tells why the outcome is "skipped". A line that cannot be answered gives
{"line","error"}, and the exit code is 1.

Examples:
  glassbox complete src/app.ts:12:5
  glassbox complete --json src/app.ts:12:5
  glassbox complete --remember . src/app.ts:12:5
  glassbox complete --stdin src/draft.py:3:1 < draft.txt
  glassbox complete --batch tasks.jsonl > answers.jsonl`;

function addTokens(program: Command, services: CliServices, finish: Finish): void {
  withModelOptions(program.command('tokens'))
    .summary('show the tokens of a file, or compare tokenizers')
    .description(
      'Prints every token with its id, its UTF-16 offsets (start included, end not) and its bytes.\n' +
        'With --compare: totals, tokens per character by script, the most expensive lines, and where the others cut\n' +
        'differently from the first tokenizer.',
    )
    .argument('<file>', 'a text file, or - for standard input')
    .option(
      '--compare <list>',
      'compare tokenizers: gpt2, cl100k_base, o200k_base, model ids, folders or files with a tokenizer.json',
    )
    .option('--json', 'print one object a line: {"id","text","bytes","start","end"}; with --compare one object')
    .addHelpText('after', tokensHelp)
    .action(async (file: string, options: TokensOptions) => finish(await printTokens(file, options, services)));
}

const tokensHelp = `
Examples:
  glassbox tokens src/app.ts
  echo "한글" | glassbox tokens --json -
  glassbox tokens --compare gpt2,o200k_base,glassbox-code-5m src/app.ts
  glassbox tokens --compare cl100k_base,./my-model/tokenizer.json --json - < src/app.ts`;

function addScore(program: Command, services: CliServices, finish: Finish): void {
  withModelOptions(program.command('score'))
    .summary('show how well the model predicts a file')
    .description(
      'Prints the natural logarithm of the probability of every token and its rank among all tokens, bits per byte and\n' +
        'perplexity. A text longer than the model reads at once is read in windows that overlap by about half.',
    )
    .argument('<file>', 'a text file, or - for standard input')
    .option('--top <count>', 'list this many of the likeliest tokens in place of each', countUpTo(100), 0)
    .option('--graph <path>', "ONNX file to use, one that the model's card lists (default: the card's)")
    .option(
      '--compare <model>',
      "compare with another model's id or folder, or another ONNX file of the same model; with --json, print\n" +
        '{"own","other","meanDivergence","spans"}',
    )
    .option('--lines <first-last>', 'score these lines only, given what stands before them', lineRange)
    .option('--json', 'print one object: {"bitsPerByte","perplexity",...,"tokens"}')
    .addHelpText(
      'after',
      '\nExamples:\n  glassbox score src/app.ts\n  glassbox score --top 5 --lines 10-20 src/app.ts\n  glassbox score --json - < src/app.ts' +
        '\n  glassbox score --compare onnx/model.onnx src/app.ts',
    )
    .action(async (file: string, options: ScoreOptions) => finish(await printScore(file, options, services)));
}

function addWhy(program: Command, services: CliServices, finish: Finish): void {
  withPlaceOptions(withModelOptions(program.command('why')))
    .summary('explain what would be offered at a place')
    .description(
      'Completes at a place as the editor would and says what the text is made of: the probability of each token and what\n' +
        'else was likely, the prompt part by part, where the time went, and how much less likely the text becomes when a\n' +
        'line of the prompt is left out. It says what the model used, not whether that is right.',
    )
    .argument('<target>', 'FILE:LINE:COL')
    .option('--text <text>', 'compare with this text: why the suggestion, and not that?')
    .option('--no-occlusion', 'leave nothing out of the prompt: answers at once')
    .option('--every-line', 'leave out far lines one by one too, however long it takes')
    .option('--json', 'print everything as one object, lines and columns counted from 1')
    .addHelpText(
      'after',
      '\nThe exit code is 4 when there is nothing to offer and so nothing to explain.\n\nExamples:\n' +
        '  glassbox why src/app.ts:12:5\n  glassbox why src/app.ts:12:5 --text "null;"\n' +
        '  glassbox why --remember . src/app.ts:12:5\n' +
        '  glassbox why --json --no-occlusion src/app.ts:12:5',
    )
    .action(async (target: string, options: WhyOptions) => finish(await explainFile(target, options, services)));
}

function addFind(program: Command, services: CliServices, finish: Finish): void {
  withModelOptions(program.command('find'))
    .summary('find code by what it does')
    .description(
      'Reads the code below a folder and prints the functions, types and other blocks whose vectors are nearest to that of a\n' +
        'description, as Find Code by Description does in the editor. What .gitignore leaves out is not read, nor are secrets.',
    )
    .argument('<description>', 'what the code does, in English; or code that it is like; - for standard input')
    .argument('[folder]', 'folder to look in', '.')
    .option('--top <count>', 'print this many blocks', positiveInteger, defaultTop)
    .option('--index <file>', 'keep the vectors in this file, and read only what has changed since')
    .option('--json', 'print {"description","results","files","timings"}; lines count from 1, times are milliseconds')
    .addHelpText(
      'after',
      '\nThe exit code is 4 when there is no code below the folder.\n\nExamples:\n' +
        '  glassbox find "where the retry delay is computed"\n' +
        '  glassbox find "reads the lines of a file" src --top 3\n' +
        '  glassbox find --index .git/glassbox.index --json "closes the connection" .',
    )
    .action(async (description: string, folder: string, options: FindOptions) =>
      finish(await findCode(description, folder, options, services)),
    );
}

function addModels(program: Command, services: CliServices, finish: Finish): void {
  withModelOptions(program.command('models'))
    .summary('list the models, or check their files')
    .description('Lists the models that can be used. With --verify, checks the card, every hash and the graph.')
    .option(
      '--verify [folder]',
      'check all models, or the one in this folder; exit code 1 when one is not as its card says',
    )
    .option('--json', 'print an array of objects')
    .addHelpText(
      'after',
      '\nExamples:\n  glassbox models\n  glassbox models --verify\n  glassbox models --verify ./my-model',
    )
    .action(async (options: ModelsOptions) => finish(await printModels(options, services)));
}

function addBench(program: Command, services: CliServices, finish: Finish): void {
  withModelOptions(program.command('bench'))
    .summary('measure speed and memory on this machine')
    .description(
      'Measures the engine with a model, one generation after the other. Close what else needs the processor.',
    )
    .option('--rounds <count>', 'measure everything this often and take the median', positiveInteger, defaultRounds)
    .option('--json', 'print environment, figures and comparisons as one object')
    .addHelpText('after', '\nExamples:\n  glassbox bench\n  glassbox bench --json --rounds 3')
    .action(async (options: BenchOptions) => finish(await printBench(options, services)));
}

function withModelOptions(command: Command): Command {
  return command
    .option('--model <id|folder>', 'model to use (default: the first one that can be used)')
    .addOption(
      new Option('--models <folder>', 'also look for models in this folder; may be given several times')
        .argParser(append)
        .default([], 'none'),
    )
    .addHelpText('afterAll', '\nThe exit codes are listed by glassbox --help.');
}

/** What completing at a place takes. */
function withPlaceOptions(command: Command): Command {
  return command
    .option('--stdin', 'take the content from standard input; FILE only names it')
    .option('--language <id>', 'VS Code language id (default: by the extension of FILE)')
    .option('--max-new-tokens <count>', 'generate at most this many tokens', positiveInteger)
    .option('--single-line', 'end at the line end')
    .option(
      '--remember <folder>',
      'go on like the code files below this folder too, as in an editor with the folder open; paths are relative to it',
    )
    .option('--no-memory', 'take what the model writes alone, not going on like the file either')
    .hook('preAction', (asked) => {
      const { remember, memory } = asked.opts<MemoryOptions>();
      if (memory || remember === undefined) return;
      throw new GlassboxError('bad-request', `${asked.name()} takes either --remember FOLDER or --no-memory.`, {
        action: `See glassbox ${asked.name()} --help.`,
      });
    });
}

function append(value: string, previous: readonly string[]): readonly string[] {
  return [...previous, value];
}

function countUpTo(largest: number): (value: string) => number {
  return (value) => {
    const number = Number(value);
    if (/^\d+$/.test(value) && number <= largest) return number;
    throw new InvalidArgumentError(`It must be a whole number from 0 to ${largest}.`);
  };
}

function lineRange(value: string): LineRange {
  const range = parseLineRange(value);
  if (range === undefined) throw new InvalidArgumentError('It must be two lines counted from 1, such as 10-20.');
  return range;
}

function positiveInteger(value: string): number {
  const number = Number(value);
  if (!Number.isSafeInteger(number) || number < 1) throw new InvalidArgumentError('It must be a whole number from 1.');
  return number;
}
