import os from 'node:os';
import type { ModelDescriptor } from '../../core/model/modelDescriptor.js';
import type { CliServices } from '../cliServices.js';
import type { BenchEnvironment, BenchReport, Comparison, OwnFigure } from './benchReport.js';
import { BenchPrompts } from './benchPrompt.js';
import type { Contestant, MissingContestant } from './contestant.js';
import { duelFigures, runDuel, type DuelFigure, type DuelSamples } from './duel.js';
import { engineContestant } from './engineContestant.js';
import { measureCancellations, measureColdStarts } from './engineFigures.js';
import { measureOwnWork } from './ownWork.js';
import { measureScoring } from './scoringFigures.js';
import { median, summarize } from './statistics.js';

const duelLabels: Readonly<Record<DuelFigure, string>> = {
  prefill512: 'Read a prompt of 512 tokens, first token',
  prefill800: 'Read a prompt of 800 tokens, first token',
  step: 'One decode step',
  keystroke: 'Keystroke to suggestion (24 tokens, 800-token prompt)',
};

/** What the ratios should be at least: peer's time divided by Glassbox's. */
const aims: Readonly<Record<string, Partial<Record<DuelFigure, number>>>> = {
  'transformers.js': { keystroke: 5, step: 1 },
  'llama.cpp': { prefill512: 1, prefill800: 1, step: 1 / 1.5 },
};

const coldStarts = 5;
const cancellations = 9;
const ownWorkRepeats = 15;
const scoringRounds = 5;

/** What to measure besides the engine itself. */
export interface BenchPlan {
  readonly model: ModelDescriptor;
  readonly rounds: number;
  readonly peers: readonly (Contestant | MissingContestant)[];
  /** Measures what lies elsewhere, such as in a real editor; called last, because it makes the machine busy. */
  readonly measureFurther: () => Promise<readonly OwnFigure[]>;
  /** Told what is being measured. */
  readonly onStage: (stage: string) => void;
}

/**
 * Measures everything, on a machine that should have nothing else to do.
 *
 * @throws GlassboxError for model and engine errors.
 */
export async function runBench(plan: BenchPlan, services: CliServices): Promise<BenchReport> {
  const { engine, signal, clock } = services;
  const { folder } = plan.model;
  const loadAverage = os.loadavg()[0]!;
  const prompts = await BenchPrompts.create(engine, folder, signal);
  const own = engineContestant(engine, folder, clock, services.version);
  const present = plan.peers.filter((peer) => 'generate' in peer);
  const samples = await runDuel(
    {
      contestants: [own, ...present],
      prompts,
      rounds: plan.rounds,
      onRound: (round) => plan.onStage(round === 0 ? 'warming up' : `round ${round} of ${plan.rounds}`),
    },
    signal,
  );
  const { residentBytes } = await engine.call('engine/state', {}, { signal });
  plan.onStage('cancellation');
  const cancelMs = await measureCancellations(cancellations, folder, prompts, services);
  plan.onStage('start of the engine');
  const startMs = await measureColdStarts(coldStarts, folder, prompts, services);
  plan.onStage('scoring');
  const scoring = await measureScoring(scoringRounds, folder, prompts, services);
  plan.onStage('own work');
  const ownWorkMs = await measureOwnWork(ownWorkRepeats, clock, signal);
  const ownSamples = samples.get(own.name)!;
  const figures: OwnFigure[] = [
    ...duelFigures.map((id) => ({ id, label: duelLabels[id], unit: 'ms', value: summarize(ownSamples[id]) }) as const),
    { id: 'cancel', label: 'Cancel to idle', unit: 'ms', value: summarize(cancelMs) },
    { id: 'start', label: 'Engine start to first suggestion', unit: 'ms', value: summarize(startMs) },
    { id: 'memory', label: 'Memory of the engine (resident)', unit: 'MB', value: summarize([residentBytes / 1e6]) },
    {
      id: 'ownWork',
      label: 'Own work per keystroke, 10,000 lines (CPU)',
      unit: 'ms',
      value: summarize(ownWorkMs),
      limit: 5,
    },
    ...scoring,
    ...(await plan.measureFurther()),
  ];
  return {
    environment: await describeEnvironment(plan, services, loadAverage),
    peers: plan.peers.map((peer) =>
      'generate' in peer
        ? { name: peer.name, detail: peer.detail, measured: true }
        : { name: peer.name, detail: peer.missing, measured: false },
    ),
    figures,
    comparisons: present.flatMap(({ name }) => compare(name, samples.get(name)!, ownSamples)),
  };
}

function compare(peer: string, samples: DuelSamples, own: DuelSamples): readonly Comparison[] {
  return duelFigures.map((figure) => {
    const ratio = median(samples[figure].map((value, round) => value / own[figure][round]!));
    const aim = aims[peer]?.[figure];
    return { figure, peer, value: summarize(samples[figure]), ratio, ...(aim === undefined ? {} : { aim }) };
  });
}

async function describeEnvironment(
  { model, rounds }: BenchPlan,
  { engine, version, signal }: CliServices,
  loadAverage: number,
): Promise<BenchEnvironment> {
  const cpus = os.cpus();
  const { onnxRuntimeVersion } = await engine.call('engine/state', {}, { signal });
  return {
    cpu: cpus[0]?.model.trim() ?? 'unknown CPU',
    cores: cpus.length,
    loadAverage,
    platform: `${process.platform}-${process.arch}`,
    node: process.versions.node,
    onnxRuntime: onnxRuntimeVersion,
    glassbox: version,
    model: `${model.id} ${model.version}`,
    rounds,
  };
}
