import { stat } from 'node:fs/promises';
import path from 'node:path';
import { LruMap } from '../../core/flow/lruMap.js';
import { tokenizerSourceKey, type TokenizerSource } from '../../core/tokenizer/tokenizerSource.js';
import { BuiltinTokenizer, loadRanks } from './builtinTokenizer.js';
import { FileTokenizer } from './fileTokenizer.js';
import type { OpenTokenizer } from './openTokenizer.js';
import { readLooseTokenizerFiles, readModelTokenizerFiles } from './tokenizerFiles.js';

/** Tokenizers that are kept open; each takes up to some tens of megabytes. */
const mostOpen = 8;

/** Opens tokenizers on first use and keeps the last few, as long as their files do not change. */
export class TokenizerStore {
  readonly #open = new LruMap<string, Promise<OpenTokenizer>>(mostOpen);

  /**
   * The tokenizer of a source. Requests that arrive together wait for the same reading.
   * @throws GlassboxError with what is wrong with its files.
   */
  async open(source: TokenizerSource): Promise<OpenTokenizer> {
    const key = `${tokenizerSourceKey(source)} ${await stampOf(source)}`;
    const known = this.#open.get(key);
    if (known !== undefined) return known;
    const opening = openSource(source);
    void this.#open.set(key, opening);
    // What could not be opened is looked at again by the next request.
    opening.catch(() => {
      this.#open.delete(key);
    });
    return opening;
  }
}

async function openSource(source: TokenizerSource): Promise<OpenTokenizer> {
  switch (source.kind) {
    case 'builtin':
      return new BuiltinTokenizer(source.name, await loadRanks(source.name));
    case 'model':
      return new FileTokenizer(source, await readModelTokenizerFiles(path.resolve(source.folder)));
    case 'file':
      return new FileTokenizer(source, await readLooseTokenizerFiles(source.path));
  }
}

/** Changes when one of the files does. */
async function stampOf(source: TokenizerSource): Promise<string> {
  if (source.kind === 'builtin') return '';
  const place = source.kind === 'model' ? source.folder : source.path;
  const names = ['', 'tokenizer.json', 'tokenizer_config.json', 'chat_template.jinja', 'glassbox.json'];
  const stamps = names.map((name) =>
    stat(path.join(place, name)).then(
      ({ mtimeMs, size }) => `${mtimeMs}:${size}`,
      () => '-',
    ),
  );
  return (await Promise.all(stamps)).join(' ');
}
