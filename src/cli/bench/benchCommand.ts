import type { CliServices } from '../cliServices.js';
import { exitCodes, type ExitCode } from '../exitCodes.js';
import { selectModel, type ModelOptions } from '../modelSelection.js';
import { reportLine } from '../terminal.js';
import { formatReport } from './benchReport.js';
import type { MissingContestant } from './contestant.js';
import { runBench } from './runBench.js';

/** Options of `bench`. */
export interface BenchOptions extends ModelOptions {
  readonly json?: true;
  readonly rounds: number;
}

/** The peers are development dependencies, so what is installed from a package cannot measure them. */
const absentPeers: readonly MissingContestant[] = ['transformers.js', 'llama.cpp'].map((name) => ({
  name,
  missing: 'not installed; "npm run bench" in the source folder measures it as well.',
}));

/**
 * Measures the engine on this machine and prints the figures.
 *
 * @throws GlassboxError for model and engine errors.
 */
export async function printBench(options: BenchOptions, services: CliServices): Promise<ExitCode> {
  const { terminal } = services;
  const report = await runBench(
    {
      model: await selectModel(options, services),
      rounds: options.rounds,
      peers: absentPeers,
      measureFurther: () => Promise.resolve([]),
      onStage: (stage) => reportLine(terminal, stage),
    },
    services,
  );
  await terminal.write(options.json === true ? `${JSON.stringify(report, undefined, 2)}\n` : formatReport(report));
  return exitCodes.ok;
}
