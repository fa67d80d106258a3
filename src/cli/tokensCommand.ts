import type { CliServices } from './cliServices.js';
import { compareTokens } from './compare/compareTokens.js';
import { exitCodes, type ExitCode } from './exitCodes.js';
import { readInputText } from './inputText.js';
import { selectModel, type ModelOptions } from './modelSelection.js';
import { formatTable } from './table.js';

/** Options of `tokens`. */
export interface TokensOptions extends ModelOptions {
  /** Tokenizers to compare, separated by commas; without it the model's tokens are printed. */
  readonly compare?: string;
  readonly json?: true;
}

/**
 * Prints every token of a text with its exact place, as a table or as one JSON object a line; or compares tokenizers.
 *
 * @throws GlassboxError for unusable input and for model and engine errors.
 */
export async function printTokens(file: string, options: TokensOptions, services: CliServices): Promise<ExitCode> {
  if (options.compare !== undefined) return compareTokens(file, { ...options, compare: options.compare }, services);
  const { engine, terminal, signal } = services;
  const text = await readInputText(file, terminal.input);
  const { folder } = await selectModel(options, services);
  const spans = await engine.call('tokens/encode', { folder, text }, { signal });
  if (options.json === true) {
    const lines = spans.map(({ id, text: piece, bytes, start, end }) =>
      JSON.stringify({ id, text: piece, bytes, start, end }),
    );
    await terminal.write(lines.map((line) => `${line}\n`).join(''));
    return exitCodes.ok;
  }
  const columns = [
    ...['#', 'id', 'start', 'end', 'bytes'].map((title) => ({ title, align: 'right' }) as const),
    { title: 'text', align: 'left' } as const,
  ];
  const rows = spans.map(({ id, text: piece, bytes, start, end }, index) => [
    ...[index, id, start, end, bytes.length].map(String),
    JSON.stringify(piece),
  ]);
  await terminal.write(formatTable(columns, rows));
  return exitCodes.ok;
}
