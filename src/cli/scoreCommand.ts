import { GlassboxError } from '../core/errors.js';
import type { TextScore } from '../core/tokenizer/tokenSpan.js';
import type { CliServices } from './cliServices.js';
import { exitCodes, type ExitCode } from './exitCodes.js';
import { readInputText } from './inputText.js';
import { selectModel, type ModelOptions } from './modelSelection.js';
import { formatTable } from './table.js';

/** Options of `score`. */
export interface ScoreOptions extends ModelOptions {
  readonly json?: true;
}

/**
 * Prints the log-probability of every token of a text, and what they amount to.
 *
 * @throws GlassboxError for unusable or empty input and for model and engine errors.
 */
export async function printScore(file: string, options: ScoreOptions, services: CliServices): Promise<ExitCode> {
  const { engine, terminal, signal } = services;
  const text = await readInputText(file, terminal.input);
  if (text === '') {
    throw new GlassboxError('file-unreadable', `${file} is empty.`, { action: 'Name a file with text to score.' });
  }
  const { folder } = await selectModel(options, services);
  const score = await engine.call('tokens/score', { folder, text }, { signal });
  await terminal.write(options.json === true ? formatJson(score) : formatScore(score));
  return exitCodes.ok;
}

function formatJson({ bitsPerByte, perplexity, tokens }: TextScore): string {
  const entries = tokens.map(({ id, text, bytes, start, end, logProb }) => ({ id, text, bytes, start, end, logProb }));
  return `${JSON.stringify({ bitsPerByte, perplexity, tokens: entries })}\n`;
}

function formatScore({ bitsPerByte, perplexity, tokens }: TextScore): string {
  const columns = [
    ...['#', 'id', 'start', 'log-prob'].map((title) => ({ title, align: 'right' }) as const),
    { title: 'text', align: 'left' } as const,
  ];
  const rows = tokens.map(({ id, start, logProb, text }, index) => [
    ...[index, id, start].map(String),
    logProb.toFixed(3),
    JSON.stringify(text),
  ]);
  const summary = [
    `tokens         ${tokens.length}`,
    `bits per byte  ${bitsPerByte.toFixed(3)}`,
    `perplexity     ${perplexity.toFixed(2)}`,
  ];
  return `${formatTable(columns, rows)}\n${summary.join('\n')}\n`;
}
