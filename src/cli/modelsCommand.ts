import path from 'node:path';
import { GlassboxError } from '../core/errors.js';
import type { ModelDescriptor, ModelVerification } from '../core/model/modelDescriptor.js';
import type { CliServices } from './cliServices.js';
import { exitCodes, type ExitCode } from './exitCodes.js';
import { isFolder, namedModels, type ModelOptions } from './modelSelection.js';
import { formatTable } from './table.js';
import { reportLine } from './terminal.js';

/** Options of `models`. */
export interface ModelsOptions extends ModelOptions {
  readonly json?: true;
  /** Check the files: all models that are found, or the given folder only. */
  readonly verify?: true | string;
}

/**
 * Lists the models, or checks their files.
 *
 * @returns `checkFailed` when a verified model is not as its card says.
 * @throws GlassboxError when a named folder does not exist or the engine fails.
 */
export async function printModels(options: ModelsOptions, services: CliServices): Promise<ExitCode> {
  if (options.verify !== undefined) return verifyModels(options.verify, options, services);
  const models = await namedModels(options, services);
  const text = options.json === true ? `${JSON.stringify(models)}\n` : formatModels(models);
  await services.terminal.write(text);
  return exitCodes.ok;
}

async function verifyModels(which: true | string, options: ModelsOptions, services: CliServices): Promise<ExitCode> {
  const { engine, terminal, signal } = services;
  let failures = 0;
  const verifications: ModelVerification[] = [];
  for (const folder of await foldersToVerify(which, options, services)) {
    const verification = await engine.call('models/verify', { folder }, { signal });
    verifications.push(verification);
    if (options.json !== true) await terminal.write(formatVerification(verification));
    if (verification.ok) continue;
    failures++;
    reportLine(terminal, failureSentence(verification));
  }
  if (options.json === true) await terminal.write(`${JSON.stringify(verifications)}\n`);
  return failures === 0 ? exitCodes.ok : exitCodes.checkFailed;
}

async function foldersToVerify(
  which: true | string,
  options: ModelsOptions,
  services: CliServices,
): Promise<readonly string[]> {
  if (which === true) {
    const folders = (await namedModels(options, services)).map((model) => model.folder);
    if (folders.length > 0) return folders;
    throw new GlassboxError('model-not-found', 'There is no model to verify.', { action: 'Name a model folder.' });
  }
  if (!(await isFolder(which))) {
    throw new GlassboxError('file-unreadable', `${which} is not a folder.`, { action: 'Name a model folder.' });
  }
  return [path.resolve(which)];
}

function formatModels(models: readonly ModelDescriptor[]): string {
  const columns = [
    { title: 'id', align: 'left' },
    { title: 'version', align: 'left' },
    { title: 'size', align: 'right' },
    { title: 'context', align: 'right' },
    { title: 'roles', align: 'left' },
    { title: 'from', align: 'left' },
    { title: 'state', align: 'left' },
  ] as const;
  const rows = models.map((model) => [
    model.id,
    model.version,
    `${(model.sizeBytes / 1e6).toFixed(1)} MB`,
    String(model.contextLength),
    model.roles.join(', '),
    model.source === 'bundled' ? 'bundled' : model.folder,
    model.problem === undefined ? 'ready' : [model.problem.message, model.problem.action].filter(Boolean).join(' '),
  ]);
  return formatTable(columns, rows);
}

function formatVerification({ descriptor, checks, ok }: ModelVerification): string {
  const lines = checks.map((check) => `  ${check.ok ? 'ok    ' : 'FAILED'}  ${check.name}  ${check.detail}`.trimEnd());
  return `${descriptor.id}  ${descriptor.folder}\n${lines.join('\n')}\n  ${ok ? 'all checks hold' : 'not usable'}\n`;
}

function failureSentence({ descriptor, checks }: ModelVerification): string {
  const failed = checks.find((check) => !check.ok);
  const reason =
    failed === undefined ? (descriptor.problem?.message ?? 'A check failed.') : `${failed.name}: ${failed.detail}`;
  return `${descriptor.folder} is not usable. ${reason} Copy the model again from where it came.`;
}
