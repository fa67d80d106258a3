import { readFile, stat } from 'node:fs/promises';
import path from 'node:path';
import { GlassboxError } from '../../core/errors.js';
import { tokenizerFileName } from '../../core/model/modelCard.js';
import { checkModelFile } from '../models/modelFile.js';
import { readModelFolder } from '../models/modelFolder.js';

/** More than the largest tokenizer in use has (Gemma's: 33 MB). */
const largestFileBytes = 64 * 2 ** 20;

const configName = 'tokenizer_config.json';
const chatTemplateName = 'chat_template.jinja';

/** The files that make a tokenizer, as they were read. */
export interface TokenizerFiles {
  /** For people: what the tokenizer belongs to. */
  readonly name: string;
  readonly tokenizer: Uint8Array;
  /** Contents of `tokenizer_config.json`; undefined when there is none. */
  readonly config: Uint8Array | undefined;
  /** Contents of `chat_template.jinja`; undefined when there is none. */
  readonly chatTemplate: Uint8Array | undefined;
}

/**
 * Reads the tokenizer of a model with a card. Files that the card does not name are not there for it.
 *
 * @throws GlassboxError of the model folder: card, missing file, wrong hash.
 */
export async function readModelTokenizerFiles(folder: string): Promise<TokenizerFiles> {
  const found = await readModelFolder(folder, 'folder');
  if (found.kind === 'broken') throw found.error;
  const { card, descriptor } = found;
  const { signal } = new AbortController();
  const read = async (name: string): Promise<Uint8Array | undefined> => {
    const file = card.files.find((entry) => entry.path === name);
    if (file === undefined) return undefined;
    refuseLarge(path.join(descriptor.folder, name), file.sizeBytes);
    return checkModelFile(descriptor.folder, file, true, signal);
  };
  return {
    name: card.name,
    tokenizer: (await read(tokenizerFileName))!,
    config: await read(configName),
    chatTemplate: await read(chatTemplateName),
  };
}

/**
 * Reads a `tokenizer.json`, or the one in a folder, with what lies beside it.
 *
 * @throws GlassboxError `tokenizer-missing`, `file-unreadable`, or `tokenizer-unsupported` when a file is too large.
 */
export async function readLooseTokenizerFiles(fileOrFolder: string): Promise<TokenizerFiles> {
  const absolute = path.resolve(fileOrFolder);
  const isFolder = await stat(absolute).then(
    (stats) => stats.isDirectory(),
    () => false,
  );
  const file = isFolder ? path.join(absolute, tokenizerFileName) : absolute;
  const folder = path.dirname(file);
  const tokenizer = await readIfThere(file);
  if (tokenizer === undefined) {
    throw new GlassboxError('tokenizer-missing', `There is no tokenizer at ${file}.`, {
      action: `Name a ${tokenizerFileName}, or a folder that holds one.`,
    });
  }
  return {
    name: path.basename(file) === tokenizerFileName ? path.basename(folder) : path.basename(file),
    tokenizer,
    config: await readIfThere(path.join(folder, configName)),
    chatTemplate: await readIfThere(path.join(folder, chatTemplateName)),
  };
}

async function readIfThere(file: string): Promise<Uint8Array | undefined> {
  try {
    const stats = await stat(file);
    // A device or a pipe would be read without end.
    if (!stats.isFile()) throw new GlassboxError('file-unreadable', `${file} is not a regular file.`);
    refuseLarge(file, stats.size);
    return await readFile(file);
  } catch (error) {
    if (GlassboxError.is(error)) throw error;
    const code = (error as NodeJS.ErrnoException).code;
    if (code === 'ENOENT' || code === 'ENOTDIR') return undefined;
    throw new GlassboxError('file-unreadable', `Cannot read ${file}: ${String(code)}.`, { cause: error });
  }
}

function refuseLarge(file: string, sizeBytes: number): void {
  if (sizeBytes <= largestFileBytes) return;
  const megabytes = (bytes: number): number => Math.round(bytes / 2 ** 20);
  throw new GlassboxError(
    'tokenizer-unsupported',
    `${file} has ${megabytes(sizeBytes)} MB; tokenizer files of more than ${megabytes(largestFileBytes)} MB are not read.`,
  );
}
