import * as vscode from 'vscode';
import { GlassboxError } from '../../core/errors.js';
import type { Log } from '../../core/log.js';
import { decodeIndex, encodeIndex } from '../../core/search/indexFile.js';
import { SearchIndex } from '../../core/search/searchIndex.js';

const fileName = 'search.index';

/** Keeps the index of a workspace in the folder that the editor gives the extension for it. */
export class IndexStore {
  /** @param folder Undefined when the window has no workspace: then nothing is kept. */
  constructor(
    private readonly folder: vscode.Uri | undefined,
    private readonly log: Log,
  ) {}

  /** The index that was kept; an empty one when there is none, or when it cannot be used, which the log tells. */
  async load(model: string): Promise<SearchIndex> {
    const bytes = await this.read();
    if (bytes === undefined) return new SearchIndex();
    const read = decodeIndex(bytes, model);
    if (read.kind === 'read') return read.index;
    this.log.info(`search: the index that was kept is made again (${read.reason})`);
    return new SearchIndex();
  }

  /** Keeps an index. A failure is told in the log: it costs time in the next window, nothing else. */
  async save(index: SearchIndex, model: string): Promise<void> {
    const { folder } = this;
    if (folder === undefined) return;
    try {
      const { fs } = vscode.workspace;
      await fs.createDirectory(folder);
      const unfinished = vscode.Uri.joinPath(folder, `${fileName}.tmp`);
      await fs.writeFile(unfinished, encodeIndex(index, model));
      // A window that ends meanwhile leaves the old file whole.
      await fs.rename(unfinished, vscode.Uri.joinPath(folder, fileName), { overwrite: true });
    } catch (error) {
      this.log.warn(`search: the index was not kept: ${GlassboxError.from(error).message}`);
    }
  }

  private async read(): Promise<Uint8Array | undefined> {
    if (this.folder === undefined) return undefined;
    try {
      return await vscode.workspace.fs.readFile(vscode.Uri.joinPath(this.folder, fileName));
    } catch {
      return undefined;
    }
  }
}
