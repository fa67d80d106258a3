import path from 'node:path';
import { feedingLimits, withinLimits } from '../../core/memory/feedingPlan.js';
import type { MemoryScope } from '../../core/memory/memoryScope.js';
import { inBatches, rememberedText } from '../../core/memory/rememberedText.js';
import type { ModelDescriptor } from '../../core/model/modelDescriptor.js';
import type { RememberedFile } from '../../protocol/memoryContract.js';
import type { CliServices } from '../cliServices.js';
import { listFolderFiles } from '../folderFiles.js';
import { showProgress } from '../terminal.js';

/** Options that say which code is gone on like. */
export interface MemoryOptions {
  /** Folder whose code files are remembered. */
  readonly remember?: string;
  /** False with `--no-memory`. */
  readonly memory: boolean;
}

/** What the options ask to be remembered. */
export function memoryScope({ remember, memory }: MemoryOptions): MemoryScope {
  if (!memory) return 'off';
  return remember === undefined ? 'file' : 'workspace';
}

/**
 * Lets a model remember the code files below the folder that the options name, as much as the editor does.
 *
 * @throws GlassboxError `file-unreadable` when the folder cannot be listed, and for model and engine errors.
 */
export async function rememberFolder(
  { remember }: MemoryOptions,
  { folder }: ModelDescriptor,
  { engine, terminal, signal }: CliServices,
): Promise<void> {
  if (remember === undefined) return;
  const listed = await listFolderFiles(path.resolve(remember), signal);
  const files = withinLimits(
    listed.map(({ key, stamp, read }) => ({ key, length: stamp?.sizeBytes ?? 0, read })),
    feedingLimits,
  );
  let count = 0;
  for await (const batch of inBatches(readTexts(files))) {
    await engine.call('memory/remember', { folder, files: batch }, { signal });
    count += batch.length;
    showProgress(terminal, `${count} of ${files.length} files remembered`);
  }
  showProgress(terminal, '');
}

async function* readTexts(
  files: readonly { readonly key: string; readonly read: () => Promise<string | undefined> }[],
): AsyncGenerator<RememberedFile, void> {
  for (const { key, read } of files) {
    const text = rememberedText(await read());
    if (text !== null) yield { path: key, text };
  }
}
