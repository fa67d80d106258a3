import { stat } from 'node:fs/promises';
import path from 'node:path';
import { GlassboxError } from '../../core/errors.js';
import {
  builtinTokenizerNames,
  isBuiltinTokenizerName,
  type TokenizerSource,
} from '../../core/tokenizer/tokenizerSource.js';
import type { CliServices } from '../cliServices.js';
import { visibleModels, type ModelOptions } from '../modelSelection.js';

/** A tokenizer as somebody named it, and where it is. */
export interface NamedTokenizer {
  readonly name: string;
  readonly source: TokenizerSource;
}

/** More columns fit on no terminal. */
const mostTokenizers = 8;

/**
 * The tokenizers of a list such as `gpt2,my-model,./folder`: built-in ones, models by id or folder, and files or folders
 * with a `tokenizer.json`.
 *
 * @throws GlassboxError `bad-request` when the list is too short or too long, or names something that is not there.
 */
export async function findTokenizers(
  list: string,
  options: ModelOptions,
  services: CliServices,
): Promise<readonly NamedTokenizer[]> {
  const names = list.split(',').map((name) => name.trim());
  if (names.length < 2 || names.length > mostTokenizers || names.includes('')) {
    throw new GlassboxError('bad-request', `--compare takes 2 to ${mostTokenizers} tokenizers, separated by commas.`, {
      action: 'For instance: --compare gpt2,o200k_base',
    });
  }
  const models = await visibleModels(options, services);
  return Promise.all(
    names.map(async (name) => {
      if (isBuiltinTokenizerName(name)) return { name, source: { kind: 'builtin', name } };
      const absolute = path.resolve(name);
      const model = models.find(({ id }) => id === name) ?? models.find(({ folder }) => folder === absolute);
      if (model !== undefined) return { name, source: { kind: 'model', folder: model.folder } };
      const isThere = await stat(absolute).then(
        () => true,
        () => false,
      );
      if (isThere) return { name, source: { kind: 'file', path: absolute } };
      const known = [...builtinTokenizerNames, ...models.map(({ id }) => id)].join(', ');
      throw new GlassboxError('bad-request', `There is no tokenizer "${name}".`, {
        action: `Name one of ${known}, a tokenizer.json, or a folder that holds one.`,
      });
    }),
  );
}
