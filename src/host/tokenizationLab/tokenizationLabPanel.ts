import * as vscode from 'vscode';
import type { ModelRoot } from '../../core/model/modelDescriptor.js';
import type { TokenizerSource } from '../../core/tokenizer/tokenizerSource.js';
import type { EngineClient } from '../../protocol/engineContract.js';
import type { TokenizationLabContract } from '../../protocol/panels/tokenizationLabContract.js';
import { tokenizationLabParamSchemas } from '../../protocol/panels/tokenizationLabParams.js';
import type { ModelCatalog } from '../models/modelCatalog.js';
import type { EditorFocus } from '../panels/editorFocus.js';
import { Panel, type PanelEnvironment } from '../panels/panel.js';
import { readExcerpt } from './editorExcerpt.js';
import { LabOpenings } from './labOpenings.js';
import { tokenizationLabHandlers } from './tokenizationLabHandlers.js';
import { TokenizerFiles } from './tokenizerFiles.js';
import { TokenizerPicker } from './tokenizerPicker.js';

/** What the lab works with. */
export interface TokenizationLabServices {
  readonly engine: EngineClient;
  readonly catalog: ModelCatalog;
  readonly focus: EditorFocus;
  /** Folders that models may come from. */
  readonly roots: () => readonly ModelRoot[];
  /** Remembers chosen files across workspaces. */
  readonly memento: vscode.Memento;
}

/** The tokenization lab: its panel, and what it is opened on. */
export class TokenizationLabPanel implements vscode.Disposable {
  readonly #openings = new LabOpenings();
  readonly #panel: Panel<TokenizationLabContract>;
  readonly #services: TokenizationLabServices;
  readonly #files: TokenizerFiles;

  constructor(services: TokenizationLabServices, environment: PanelEnvironment) {
    this.#services = services;
    this.#files = new TokenizerFiles(services.memento);
    const { engine, catalog, focus, roots } = services;
    const { log, t } = environment;
    const picker = new TokenizerPicker({ engine, roots, files: this.#files, log, t });
    const handlers = tokenizationLabHandlers({
      engine,
      activeModel: async () => (await catalog.ready()).active?.folder,
      isAllowed: (source) => this.#isAllowed(source),
      readEditor: (part) => ({ excerpt: readExcerpt(focus.current, part), opening: this.#openings.latest }),
      onDidChangeEditor: (listener) =>
        vscode.Disposable.from(focus.onDidChange(listener), this.#openings.onDidOpen(listener)),
      pickTokenizer: (shown) => picker.pick(shown),
      copyText: async (text) => vscode.env.clipboard.writeText(text),
    });
    const title = t('Tokenization Lab');
    this.#panel = new Panel(
      { name: 'tokenizationLab', title, schemas: tokenizationLabParamSchemas, handlers },
      environment,
    );
  }

  /** Shows the lab; on the selection when there is one. */
  open(): void {
    if (this.#services.focus.current?.selection.isEmpty === false) this.#openings.open('selection');
    this.#panel.show();
  }

  dispose(): void {
    this.#panel.dispose();
    this.#openings.dispose();
  }

  async #isAllowed(source: TokenizerSource): Promise<boolean> {
    switch (source.kind) {
      case 'builtin':
        return true;
      case 'file':
        return this.#files.paths.includes(source.path);
      case 'model': {
        const { catalog } = this.#services;
        await catalog.ready();
        return catalog.known.some(({ folder }) => folder === source.folder);
      }
    }
  }
}
