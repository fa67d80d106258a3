import * as v from 'valibot';
import * as vscode from 'vscode';
import { GlassboxError } from '../../../core/errors.js';
import {
  builtinTokenizerNames,
  tokenizerSourceKey,
  type TokenizerSource,
} from '../../../core/tokenizer/tokenizerSource.js';
import type { ModelCatalog } from '../../models/modelCatalog.js';

const key = 'glassbox.lenses.tokenizer';

/** The tokenizer that the lens uses now. */
export interface ChosenTokenizer {
  readonly source: TokenizerSource;
  /** Equal for equal tokenizers. */
  readonly key: string;
  readonly name: string;
  /** Tokens that the model reads at once; undefined for a tokenizer without a model. */
  readonly contextLength: number | undefined;
}

/** A tokenizer the user chose, with the name under which it was offered. */
interface StoredChoice {
  readonly source: TokenizerSource;
  readonly name: string;
}

const stored: v.GenericSchema<unknown, StoredChoice> = v.object({
  source: v.variant('kind', [
    v.object({ kind: v.literal('builtin'), name: v.picklist(builtinTokenizerNames) }),
    v.object({ kind: v.literal('model'), folder: v.string() }),
    v.object({ kind: v.literal('file'), path: v.string() }),
  ]),
  name: v.string(),
});

/** Which tokenizer the lens uses: the active model's, unless another one was chosen. The workspace remembers the choice. */
export class TokenizerChoice implements vscode.Disposable {
  private readonly changed = new vscode.EventEmitter<void>();
  private activeFolder: string | undefined;

  /** Fires after another tokenizer is to be used: it was chosen, or another model is active. */
  readonly onDidChange = this.changed.event;

  constructor(
    private readonly catalog: ModelCatalog,
    private readonly memento: vscode.Memento,
  ) {}

  /** The choice of the user; undefined when the lens follows the active model. */
  get chosen(): StoredChoice | undefined {
    const read = v.safeParse(stored, this.memento.get<unknown>(key));
    if (!read.success) return undefined;
    // What a workspace without trust may read is decided for models; any other file is the user's, like a model folder.
    return read.output.source.kind === 'builtin' || vscode.workspace.isTrusted ? read.output : undefined;
  }

  /** The tokenizer to use. @throws GlassboxError `model-not-found` when there is none; why the engine cannot look. */
  async current(): Promise<ChosenTokenizer> {
    const { chosen } = this;
    const { active } = await this.catalog.ready();
    if (chosen !== undefined) {
      const { source, name } = chosen;
      const folder = source.kind === 'model' ? source.folder : undefined;
      const model = this.catalog.known.find((known) => known.folder === folder);
      return { source, key: tokenizerSourceKey(source), name, contextLength: model?.contextLength };
    }
    if (active === undefined) throw new GlassboxError('model-not-found', 'No usable model was found.');
    this.activeFolder = active.folder;
    const source: TokenizerSource = { kind: 'model', folder: active.folder };
    return { source, key: tokenizerSourceKey(source), name: active.name, contextLength: active.contextLength };
  }

  /** To be called after the list of models or the active one changed. */
  followModels(): void {
    const folder = this.catalog.choice?.active?.folder;
    if (this.activeFolder === undefined || folder === this.activeFolder || this.chosen !== undefined) return;
    this.activeFolder = folder;
    this.changed.fire();
  }

  /** Uses this tokenizer from now on; undefined: the active model's. */
  async choose(choice: StoredChoice | undefined): Promise<void> {
    await this.memento.update(key, choice);
    this.changed.fire();
  }

  dispose(): void {
    this.changed.dispose();
  }
}
