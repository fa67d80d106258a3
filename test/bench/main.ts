import { writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { Command } from 'commander';
import { formatReport } from '../../src/cli/bench/benchReport.js';
import { runBench } from '../../src/cli/bench/runBench.js';
import type { CliServices } from '../../src/cli/cliServices.js';
import { selectModel, type ModelOptions } from '../../src/cli/modelSelection.js';
import { createNodeServices } from '../../src/cli/nodeServices.js';
import { reportLine } from '../../src/cli/terminal.js';
import { GlassboxError } from '../../src/core/errors.js';
import { measureActivation } from './editor/activation.js';
import { formatMarkdown } from './markdown.js';
import { startPeers } from './peers/startPeers.js';

/** Options of `npm run bench`. */
interface BenchmarkOptions extends ModelOptions {
  readonly json?: true;
  readonly markdown?: true;
  readonly rounds: string;
  readonly gguf?: string;
  readonly editor?: true;
}

const root = path.resolve(import.meta.dirname, '../..');

async function benchmark(options: BenchmarkOptions, services: CliServices): Promise<void> {
  const { terminal, signal } = services;
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
        measureFurther: async () => (options.editor === true ? [await measureActivation()] : []),
        onStage: (stage) => reportLine(terminal, stage),
      },
      services,
    );
    const json = `${JSON.stringify(report, undefined, 2)}\n`;
    const markdown = formatMarkdown(report);
    await writeFile(path.join(root, 'out/bench.json'), json);
    await writeFile(path.join(root, 'out/bench.md'), markdown);
    if (options.json === true) await terminal.write(json);
    else await terminal.write(options.markdown === true ? markdown : formatReport(report));
  } finally {
    for (const { dispose } of peers) dispose();
  }
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
  .option('--editor', 'also measure the activation in a real VS Code')
  .action(async (options: BenchmarkOptions) => benchmark(options, services));
try {
  await program.parseAsync();
} catch (error) {
  reportLine(services.terminal, GlassboxError.from(error).sentence);
  process.exitCode = 1;
}
await dispose();
