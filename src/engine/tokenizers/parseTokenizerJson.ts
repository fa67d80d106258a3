import { GlassboxError } from '../../core/errors.js';

/**
 * Reads the JSON of a tokenizer's file.
 * @throws GlassboxError `tokenizer-unsupported`, naming the file.
 */
export function parseTokenizerJson(bytes: Uint8Array, name: string): unknown {
  try {
    return JSON.parse(new TextDecoder().decode(bytes));
  } catch (error) {
    throw new GlassboxError('tokenizer-unsupported', `${name} is not valid JSON: ${(error as Error).message}.`);
  }
}

/** Contents of a `tokenizer_config.json`; an empty object when there is none, or when it holds something else. */
export function parseTokenizerConfig(bytes: Uint8Array | undefined): object {
  const config = bytes === undefined ? {} : parseTokenizerJson(bytes, 'tokenizer_config.json');
  return typeof config === 'object' && config !== null ? config : {};
}
