import * as vscode from 'vscode';
import { GlassboxError } from '../../core/errors.js';
import type { Log } from '../../core/log.js';
import type { ModelRoot } from '../../core/model/modelDescriptor.js';
import type { ListedTokenizer, TokenizerDescription, TokenizerSource } from '../../core/tokenizer/tokenizerSource.js';
import type { EngineClient } from '../../protocol/engineContract.js';
import type { Translate } from '../translate.js';
import type { TokenizerFiles } from './tokenizerFiles.js';
import { tokenizerRows, type TokenizerRow } from './tokenizerRows.js';

interface BrowseRow extends vscode.QuickPickItem {
  readonly canSelect: 'file' | 'folder';
}

/** What the picker works with. */
export interface TokenizerPickerDeps {
  readonly engine: EngineClient;
  readonly roots: () => readonly ModelRoot[];
  readonly files: TokenizerFiles;
  readonly log: Log;
  readonly t: Translate;
}

/** Lets the user choose a tokenizer: built in, of a model, used before, or any file. */
export class TokenizerPicker {
  readonly #deps: TokenizerPickerDeps;

  constructor(deps: TokenizerPickerDeps) {
    this.#deps = deps;
  }

  /** @throws GlassboxError when the chosen file is no tokenizer. */
  async pick(shown: readonly TokenizerSource[]): Promise<TokenizerDescription | undefined> {
    const { t } = this.#deps;
    const browse: BrowseRow[] = [
      { canSelect: 'file', label: `$(file) ${t('Choose a tokenizer.json…')}`, alwaysShow: true },
      {
        canSelect: 'folder',
        label: `$(folder-opened) ${t('Choose a Folder with a tokenizer.json…')}`,
        alwaysShow: true,
      },
    ];
    const picked = await vscode.window.showQuickPick<TokenizerRow | BrowseRow>(
      this.#list().then((listed) => [...tokenizerRows(listed, shown, t), ...browse]),
      { title: t('Add a Tokenizer to Compare'), matchOnDescription: true, matchOnDetail: true },
    );
    if (picked === undefined) return undefined;
    if ('canSelect' in picked) return this.#browse(picked.canSelect);
    if (picked.tokenizer.kind === 'usable') return picked.tokenizer.description;
    const { source } = picked.tokenizer;
    return this.#deps.engine.call('tokenizers/describe', { source });
  }

  async #list(): Promise<readonly ListedTokenizer[]> {
    const { engine, roots, files, log } = this.#deps;
    const [listed, ...chosenBefore] = await Promise.all([
      engine.call('tokenizers/list', { roots: roots() }),
      ...files.paths.map((path) => this.#describeFile(path)),
    ]);
    for (const tokenizer of listed) {
      if (tokenizer.kind === 'broken') log.warn(`tokenizer ${tokenizer.name}: ${tokenizer.problem.message}`);
    }
    return [...listed, ...chosenBefore.filter((tokenizer) => tokenizer !== undefined)];
  }

  /** Undefined for a file that is gone, or no tokenizer any more: nobody misses it in a list. */
  async #describeFile(path: string): Promise<ListedTokenizer | undefined> {
    try {
      const source: TokenizerSource = { kind: 'file', path };
      return { kind: 'usable', description: await this.#deps.engine.call('tokenizers/describe', { source }) };
    } catch (error) {
      this.#deps.log.debug(`tokenizer ${path}: ${GlassboxError.from(error).message}`);
      return undefined;
    }
  }

  async #browse(canSelect: 'file' | 'folder'): Promise<TokenizerDescription | undefined> {
    const { engine, files, t } = this.#deps;
    const chosen = await vscode.window.showOpenDialog({
      canSelectFiles: canSelect === 'file',
      canSelectFolders: canSelect === 'folder',
      openLabel: t('Add Tokenizer'),
      ...(canSelect === 'file' && { filters: { 'tokenizer.json': ['json'] } }),
    });
    const path = chosen?.[0]?.fsPath;
    if (path === undefined) return undefined;
    const description = await engine.call('tokenizers/describe', { source: { kind: 'file', path } });
    await files.add(path);
    return description;
  }
}
