import { writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { Command, Option } from 'commander';
import { formatReport } from '../../src/cli/bench/benchReport.js';
import { runBench } from '../../src/cli/bench/runBench.js';
import type { CliServices } from '../../src/cli/cliServices.js';
import { selectModel, type ModelOptions } from '../../src/cli/modelSelection.js';
import { createNodeServices } from '../../src/cli/nodeServices.js';
import { formatTable } from '../../src/cli/table.js';
import { reportLine } from '../../src/cli/terminal.js';
import { GlassboxError } from '../../src/core/errors.js';
import { measureActivation } from './editor/activation.js';
import { measureTokenLens } from './editor/tokenLens.js';
import { formatMarkdown, markdownTable } from './markdown.js';
import { measureMemory } from './memory/measureMemory.js';
import { measureReplayFrames } from './panels/replayFrames.js';
import { measureSamplingFrames } from './panels/samplingFrames.js';
import { startPeers } from './peers/startPeers.js';
import { measureTokenizing, type TokenizingFigure } from './tokenizers/measureTokenizing.js';
import { tokenizingRows, tokenizingTitles } from './tokenizers/tokenizingTable.js';

/** Options of `npm run bench`. */
interface BenchmarkOptions extends ModelOptions {
  readonly json?: true;
  readonly markdown?: true;
  readonly rounds: string;
  readonly gguf?: string;
  readonly editor?: true;
  readonly only?: string;
}

/** Parts that `--only` names and that need nothing but a browser. */
const browserParts = new Map([
  ['tokenLens', measureTokenLens],
  ['replay', measureReplayFrames],
  ['sampling', measureSamplingFrames],
]);

const root = path.resolve(import.meta.dirname, '../..');

async function benchmark(options: BenchmarkOptions, services: CliServices): Promise<void> {
  const { terminal, signal } = services;
  if (options.only === 'tokenizing') {
    const tokenizing = await timeTokenizing(options, services);
    await terminal.write(options.json === true ? asJson({ tokenizing }) : tokenizingText(tokenizing, options));
    return;
  }
  if (options.only === 'memory') {
    await terminal.write(asJson(await measureMemory(root, Number(options.rounds), services)));
    return;
  }
  const measureOnly = browserParts.get(options.only ?? '');
  if (measureOnly !== undefined) {
    await terminal.write(asJson({ figures: await measureOnly() }));
    return;
  }
  const model = await selectModel(options, services);
  await takePriorityOfEngine(services);
  const places = { root, programs: path.join(root, 'out/bench'), gguf: options.gguf };
  const peers = await startPeers(model, places, signal);
  try {
    const report = await runBench(
      {
        model,
        rounds: Number(options.rounds),
        peers: peers.map(({ peer }) => peer),
        measureFurther: async () =>
          options.editor === true
            ? [
                ...(await measureTokenLens()),
                await measureActivation(),
                ...(await measureReplayFrames()),
                ...(await measureSamplingFrames()),
              ]
            : [],
        onStage: (stage) => reportLine(terminal, stage),
      },
      services,
    );
    const tokenizing = await timeTokenizing(options, services);
    const json = asJson({ ...report, tokenizing });
    const markdown = `${formatMarkdown(report)}\n${tokenizingText(tokenizing, { markdown: true })}`;
    await writeFile(path.join(root, 'out/bench.json'), json);
    await writeFile(path.join(root, 'out/bench.md'), markdown);
    if (options.json === true) await terminal.write(json);
    else {
      const plain = `${formatReport(report)}\n${tokenizingText(tokenizing, {})}`;
      await terminal.write(options.markdown === true ? markdown : plain);
    }
  } finally {
    for (const { dispose } of peers) dispose();
  }
}

function timeTokenizing(
  { rounds }: BenchmarkOptions,
  { terminal, clock }: CliServices,
): Promise<readonly TokenizingFigure[]> {
  return measureTokenizing(root, Number(rounds), clock, (stage) => reportLine(terminal, stage));
}

function tokenizingText(figures: readonly TokenizingFigure[], { markdown }: { readonly markdown?: true }): string {
  const rows = tokenizingRows(figures);
  if (markdown === true) return markdownTable(tokenizingTitles, rows);
  const columns = tokenizingTitles.map((title, index) => ({ title, align: index < 2 ? 'left' : 'right' }) as const);
  return formatTable(columns, rows);
}

function asJson(value: object): string {
  return `${JSON.stringify(value, undefined, 2)}\n`;
}

/** The engine gives way to other programs; the peers, which inherit this process's priority, must not gain by that. */
async function takePriorityOfEngine({ engine, signal }: CliServices): Promise<void> {
  const { pid } = await engine.call('engine/state', {}, { signal });
  os.setPriority(os.getPriority(pid));
}

const { services, dispose } = createNodeServices(root);
const program = new Command('npm run bench --')
  .description(
    'Measures Glassbox beside transformers.js and llama.cpp on the same weights, in turn. Also writes out/bench.json and out/bench.md.',
  )
  .option('--json', 'print the report as JSON')
  .option('--markdown', 'print the report as a Markdown table')
  .option('--rounds <count>', 'rounds to take the median of', '9')
  .option('--model <id|folder>', 'model to measure')
  .option('--models <folder...>', 'more folders to look for models in', [])
  .option('--gguf <file>', "the model's weights for llama.cpp (default: models/training/out/*.gguf)")
  .addOption(
    new Option('--only <part>', 'measure one part alone').choices(['tokenizing', 'memory', ...browserParts.keys()]),
  )
  .option('--editor', 'also measure the token lens, the activation and the panels in a real browser')
  .action(async (options: BenchmarkOptions) => benchmark(options, services));
try {
  await program.parseAsync();
} catch (error) {
  reportLine(services.terminal, GlassboxError.from(error).sentence);
  process.exitCode = 1;
}
await dispose();
