import type { ModelDescriptor } from '../../core/model/modelDescriptor.js';
import type { EngineState } from '../../protocol/engineContract.js';
import { milliseconds } from '../completion/describeOutcome.js';
import type { RequestRecord } from '../completion/completionRequests.js';
import { megabytes } from '../models/modelRows.js';
import type { EngineStatus } from '../../supervisor/engineStatus.js';
import type { Translate } from '../translate.js';

/** What the engine view is made from. */
export interface EngineReportInputs {
  readonly condition: EngineStatus['kind'];
  /** Undefined when no engine runs or it did not answer. */
  readonly state: EngineState | undefined;
  readonly active: ModelDescriptor | undefined;
  readonly latest: RequestRecord | undefined;
}

/** The engine view as Markdown: process, models, and the stages of the last request. */
export function engineReport(inputs: EngineReportInputs, t: Translate): string {
  const sections = [
    `# ${t('Engine State')}`,
    conditionSentence(inputs.condition, t),
    ...(inputs.state === undefined ? [] : processSection(inputs.state, t)),
    ...(inputs.state === undefined ? [] : modelSection(inputs.state, inputs.active, t)),
    ...requestSection(inputs.latest, t),
  ];
  return `${sections.join('\n\n')}\n`;
}

function conditionSentence(condition: EngineStatus['kind'], t: Translate): string {
  const sentences: Readonly<Record<EngineStatus['kind'], string>> = {
    stopped: t('The engine is not running. It starts with the first request.'),
    starting: t('The engine is starting.'),
    ready: t('The engine is running.'),
    backoff: t('The engine stopped unexpectedly and is starting again.'),
    down: t('The engine is down; the log says why. Restart it to try again.'),
  };
  return sentences[condition];
}

function processSection(state: EngineState, t: Translate): string[] {
  const rows = [
    [t('Process id'), String(state.pid)],
    [t('Memory'), megabytes(state.residentBytes)],
    [t('ONNX Runtime'), state.onnxRuntimeVersion],
    [t('Waiting requests'), String(state.queueLength)],
  ];
  return [`## ${t('Process')}`, list(rows)];
}

function modelSection(state: EngineState, active: ModelDescriptor | undefined, t: Translate): string[] {
  const heading = `## ${t('Models in memory')}`;
  if (state.models.length === 0) return [heading, t('None yet.')];
  const rows = state.models.map(({ id, folder, loadMs, cachedTokenCount, rememberedTokenCount }) => [
    folder === active?.folder ? `${id} ✓` : id,
    folder,
    milliseconds(loadMs),
    String(cachedTokenCount),
    String(rememberedTokenCount),
  ]);
  const header = [t('Model'), t('Folder'), t('Loading took'), t('Tokens in the KV cache'), t('Tokens in memory')];
  return [heading, table(header, rows)];
}

function requestSection(latest: RequestRecord | undefined, t: Translate): string[] {
  const heading = `## ${t('Last request')}`;
  if (latest === undefined) return [heading, t('There was none in this window.')];
  const { id, outcome, totalMs } = latest;
  const rows = [
    [t('Request'), id],
    [
      t('Outcome'),
      outcome.kind === 'skipped' ? outcome.reason : outcome.kind === 'failed' ? outcome.error.code : outcome.kind,
    ],
    [t('Total'), milliseconds(totalMs)],
  ];
  if (outcome.kind === 'shown') {
    const { gateMs, delayMs, promptMs, engineMs, postProcessMs } = outcome.timings;
    rows.push(
      [t('Source'), outcome.source],
      [t('Gate'), milliseconds(gateMs)],
      [t('Delay'), milliseconds(delayMs)],
      [t('Prompt'), milliseconds(promptMs)],
      [t('Engine'), milliseconds(engineMs)],
      [t('Post-processing'), milliseconds(postProcessMs)],
      ...generationRows(outcome.candidates[0]?.generation, t),
    );
  }
  return [heading, list(rows)];
}

type Generation = Extract<RequestRecord['outcome'], { kind: 'shown' }>['candidates'][number]['generation'];

function generationRows(generation: Generation, t: Translate): string[][] {
  if (generation === undefined) return [];
  const { promptTokenCount, reusedTokenCount, tokens, timings } = generation;
  return [
    [t('Prompt tokens'), t('{0}, of which {1} from the KV cache', promptTokenCount, reusedTokenCount)],
    [t('Generated tokens'), String(tokens.length)],
    [t('Waiting in the queue'), milliseconds(timings.queueMs)],
    [t('Tokenizing'), milliseconds(timings.tokenizeMs)],
    [t('Prefill'), milliseconds(timings.prefillMs)],
    [t('Decoding'), milliseconds(timings.decodeMs)],
  ];
}

/** Name and value, one pair a line. */
function list(pairs: readonly (readonly string[])[]): string {
  return pairs.map(([name = '', value = '']) => `- ${name}: **${escapeMarkdown(value)}**`).join('\n');
}

function table(header: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]): string => `| ${cells.map(escapeMarkdown).join(' | ')} |`;
  return [line(header), line(header.map(() => '---')), ...rows.map(line)].join('\n');
}

/** Folders and ids come from outside: nothing in them may end the cell or become markup. */
function escapeMarkdown(text: string): string {
  return text === '---' ? text : text.replace(/[\\`*_{}[\]()#+!|<>&~]/g, '\\$&').replace(/\s+/g, ' ');
}
