import { contrastAfter, questionAbout } from '../../core/explain/explainedSuggestion.js';
import type { Occlusion, OcclusionProgress } from '../../core/explain/occlusion.js';
import type { EngineContract } from '../../protocol/engineContract.js';
import type { CliServices } from '../cliServices.js';
import { completeTarget, type PlaceOptions } from '../complete/completeTarget.js';
import { insertionOf } from '../complete/insertedText.js';
import { skipSentences } from '../complete/skipSentences.js';
import { exitCodes, type ExitCode } from '../exitCodes.js';
import { reportLine, showProgress } from '../terminal.js';
import { reportWhy } from './whyReport.js';
import { formatWhy } from './whyText.js';

/** Options of `why FILE:LINE:COL`. */
export interface WhyOptions extends PlaceOptions {
  readonly json?: true;
  /** What to compare the suggestion with. */
  readonly text?: string;
  /** False with `--no-occlusion`. */
  readonly occlusion: boolean;
  readonly everyLine?: true;
}

/** Alternatives listed for each token. */
const alternativeCount = 5;

/**
 * Completes a file at a place as the editor would, and explains what it would offer.
 *
 * @throws GlassboxError for unusable input and for model and engine errors.
 */
export async function explainFile(target: string, options: WhyOptions, services: CliServices): Promise<ExitCode> {
  const { terminal, engine, signal } = services;
  const { text: other = '' } = options;
  const { outcome, document, position, model } = await completeTarget(target, options, services);
  if (outcome.kind === 'cancelled') return exitCodes.interrupted;
  if (outcome.kind === 'skipped') {
    reportLine(terminal, `nothing to explain: ${skipSentences[outcome.reason]} (${outcome.reason})`);
    return exitCodes.nothingOffered;
  }
  const candidate = outcome.candidates[0]!;
  const question = questionAbout(candidate);
  const asked = {
    folder: model.folder,
    prompt: question.prompt,
    target: question.target,
    contrastText: contrastAfter(question, other),
  };
  const { memory, singleLine: isOneLine } = candidate.origin;
  const explanation = await engine.call(
    'explain/suggestion',
    { ...asked, alternativeCount, memory, singleLine: isOneLine },
    { signal },
  );
  const occlusion = options.occlusion ? await occlude(asked, options, services) : undefined;
  const report = reportWhy({
    ...{ outcome, candidate, model, explanation, occlusion },
    text: insertionOf(candidate, position, document.lineAt(position.line)).text,
    contrastText: other,
  });
  await terminal.write(options.json === true ? `${JSON.stringify(report)}\n` : formatWhy(report));
  return exitCodes.ok;
}

async function occlude(
  asked: Omit<EngineContract['explain/occlude']['params'], 'detail'>,
  { everyLine }: WhyOptions,
  { engine, terminal, signal }: CliServices,
): Promise<Occlusion> {
  const onProgress = ({ doneRuns, totalRuns }: OcclusionProgress): void =>
    showProgress(terminal, `leaving out parts of the prompt: ${doneRuns} of ${totalRuns}`);
  const detail = everyLine === true ? 'every-line' : 'grouped';
  try {
    return await engine.call('explain/occlude', { ...asked, detail }, { signal, onProgress });
  } finally {
    showProgress(terminal, '');
  }
}
