import type { CliServices } from '../cliServices.js';
import { exitCodes, type ExitCode } from '../exitCodes.js';
import { readInputText } from '../inputText.js';
import type { ModelOptions } from '../modelSelection.js';
import { comparisonJson } from './comparisonJson.js';
import { formatComparison } from './comparisonReport.js';
import { compareTokenizers } from './tokenComparison.js';
import { findTokenizers } from './tokenizerNames.js';

/** Options of `tokens --compare`. */
export interface CompareOptions extends ModelOptions {
  /** Tokenizers, separated by commas. */
  readonly compare: string;
  readonly json?: true;
}

/**
 * Prints what several tokenizers make of a text: totals, cost by script, the most expensive lines, and where each cuts
 * differently from the first.
 *
 * @throws GlassboxError for unusable input, unknown tokenizers and engine errors.
 */
export async function compareTokens(file: string, options: CompareOptions, services: CliServices): Promise<ExitCode> {
  const { engine, terminal, signal } = services;
  const tokenizers = await findTokenizers(options.compare, options, services);
  const text = await readInputText(file, terminal.input);
  const results = [];
  for (const { name, source } of tokenizers) {
    const description = await engine.call('tokenizers/describe', { source }, { signal });
    const columns = await engine.call('tokenizers/encode', { source, text, controlTokens: 'text' }, { signal });
    results.push({ name, description, columns });
  }
  const comparison = compareTokenizers(text, results);
  await terminal.write(options.json === true ? comparisonJson(comparison) : formatComparison(comparison));
  return exitCodes.ok;
}
