import { createHash } from 'node:crypto';
import { readFile, rename, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { GlassboxError } from '../../core/errors.js';
import type { ModelDescriptor } from '../../core/model/modelDescriptor.js';
import { decodeIndex, encodeIndex } from '../../core/search/indexFile.js';
import { indexFiles, type IndexingReport } from '../../core/search/indexFiles.js';
import { rankBlocks, type FoundBlock } from '../../core/search/rankBlocks.js';
import { SearchIndex } from '../../core/search/searchIndex.js';
import type { CliServices } from '../cliServices.js';
import { exitCodes, type ExitCode } from '../exitCodes.js';
import { readInputText, standardInput, unreadable } from '../inputText.js';
import { selectModel, type ModelOptions } from '../modelSelection.js';
import { formatTable } from '../table.js';
import { reportLine, showProgress } from '../terminal.js';
import { listFolderFiles } from '../folderFiles.js';

/** Options of `find`. */
export interface FindOptions extends ModelOptions {
  /** How many blocks are printed. */
  readonly top: number;
  /** File that keeps the vectors. */
  readonly index?: string;
  readonly json?: true;
}

/** What was found, and what it took. */
interface Findings {
  readonly question: string;
  readonly index: SearchIndex;
  readonly found: readonly FoundBlock[];
  readonly report: IndexingReport;
  readonly timings: { readonly listMs: number; readonly indexMs: number; readonly searchMs: number };
}

/**
 * Prints the blocks of code below a folder that are nearest to a description.
 *
 * @param description what the code does, or code that it is like; `-` for standard input.
 * @returns `nothingOffered` when there is no code below the folder.
 * @throws GlassboxError for an unusable folder or index file, and for model and engine errors.
 */
export async function findCode(
  description: string,
  folder: string,
  options: FindOptions,
  services: CliServices,
): Promise<ExitCode> {
  const { terminal } = services;
  const question = description === standardInput ? await readInputText(standardInput, terminal.input) : description;
  if (question.trim() === '') {
    throw new GlassboxError('bad-request', 'The description is empty.', { action: 'Say what the code does.' });
  }
  const encoder = await selectEncoder(options, services);
  const findings = await search(question, path.resolve(folder), encoder, options, services);
  if (findings.index.blockCount === 0) {
    reportLine(terminal, `There is no code below ${folder}.`);
    return exitCodes.nothingOffered;
  }
  await terminal.write(options.json === true ? `${JSON.stringify(toJson(findings))}\n` : toTable(findings));
  return exitCodes.ok;
}

/** @throws GlassboxError `model-unsupported` when the named model writes text. */
async function selectEncoder(options: FindOptions, services: CliServices): Promise<ModelDescriptor> {
  const encoder = await selectModel(options, services, 'embedding');
  if (encoder.roles.includes('embedding')) return encoder;
  throw new GlassboxError('model-unsupported', `${encoder.id} does not turn code into vectors.`, {
    action: 'Name a model with the role "embedding"; see glassbox models.',
  });
}

async function search(
  question: string,
  root: string,
  { folder, cardHash }: ModelDescriptor,
  options: FindOptions,
  { engine, terminal, clock, signal }: CliServices,
): Promise<Findings> {
  const embed = (texts: readonly string[], signal: AbortSignal) =>
    engine.call('embeddings/embed', { folder, texts }, { signal });
  const hash = (text: string): string => createHash('sha256').update(text).digest('base64');
  const index = await loadIndex(options.index, cardHash);
  const startMs = clock.now();
  const files = await listFolderFiles(root, signal);
  const listedMs = clock.now();
  const report = await indexFiles(
    files,
    index,
    { embed, hash, clock },
    ({ doneFileCount, fileCount }) => showProgress(terminal, `${doneFileCount} of ${fileCount} files read`),
    signal,
  );
  showProgress(terminal, '');
  if (options.index !== undefined) await saveIndex(options.index, index, cardHash);
  const indexedMs = clock.now();
  const { vectors } = await embed([question], signal);
  const found = rankBlocks(index, vectors, { limit: options.top });
  const timings = { listMs: listedMs - startMs, indexMs: indexedMs - listedMs, searchMs: clock.now() - indexedMs };
  return { question, index, found, report, timings };
}

/** An empty index when there is none yet, or one that another encoder or version made. */
async function loadIndex(file: string | undefined, model: string): Promise<SearchIndex> {
  const bytes = file === undefined ? undefined : await readFile(file).catch(() => undefined);
  const read = bytes === undefined ? undefined : decodeIndex(bytes, model);
  return read?.kind === 'read' ? read.index : new SearchIndex();
}

async function saveIndex(file: string, index: SearchIndex, model: string): Promise<void> {
  const bytes = encodeIndex(index, model);
  try {
    await writeFile(`${file}.tmp`, bytes);
    await rename(`${file}.tmp`, file);
  } catch (error) {
    throw unreadable(file, error);
  }
}

/** Lines count from 1 and are included. */
function toJson({ question, index, found, report, timings }: Findings): object {
  const results = found.map(({ file, block: { kind, name, signature, start, end }, similarity }) => {
    return { path: file, startLine: start + 1, endLine: end, kind, name, signature, similarity };
  });
  const { timings: indexing, ...counts } = report;
  const files = { ...counts, blockCount: index.blockCount };
  return { description: question, results, files, timings: { ...timings, indexing } };
}

function toTable({ found }: Findings): string {
  const columns = [
    { title: 'similarity', align: 'right' },
    { title: 'place', align: 'left' },
    { title: 'code', align: 'left' },
  ] as const;
  const rows = found.map(({ file, block: { signature, headerLine, start }, similarity }) => [
    similarity.toFixed(3),
    `${file}:${Math.max(headerLine, start) + 1}`,
    signature,
  ]);
  return formatTable(columns, rows);
}
