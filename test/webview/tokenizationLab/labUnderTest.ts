import path from 'node:path';
import type { TokenizerDescription, TokenizerSource } from '../../../src/core/tokenizer/tokenizerSource.js';
import { tellingHandlers } from '../../../src/host/panels/tellingHandlers.js';
import { tokenizationLabHandlers } from '../../../src/host/tokenizationLab/tokenizationLabHandlers.js';
import type {
  EditorExcerpt,
  EditorSnapshot,
  TokenizationLabContract,
} from '../../../src/protocol/panels/tokenizationLabContract.js';
import { tokenizationLabParamSchemas } from '../../../src/protocol/panels/tokenizationLabParams.js';
import type { RpcHandlers } from '../../../src/protocol/rpcContract.js';
import type { Supervisor } from '../../../src/supervisor/supervisor.js';
import { root } from '../../e2e/editor/places.js';
import { inEnglish } from '../../unit/host/translateFrom.js';
import { silentLog } from '../../support/silentLog.js';
import type { PanelUnderTest } from '../harness/openPanel.js';

/** What stands for the editor: its text, its dialogs, its clipboard. */
export class FakeEditor {
  excerpt: EditorExcerpt | undefined;
  opening: EditorSnapshot['opening'];
  /** What the user chooses when asked for a tokenizer. */
  choice: TokenizerSource | undefined;
  clipboard = '';
  readonly #listeners = new Set<() => void>();

  /** Shows a text, as typing or selecting does. */
  show(text: string, fileName = 'sample.txt'): void {
    this.excerpt = { fileName, firstLine: 1, text, isCut: false };
    this.change();
  }

  /** Tells the page that something changed. */
  change(): void {
    for (const listener of this.#listeners) listener();
  }

  readonly onDidChange = (listener: () => void): { dispose(): void } => {
    this.#listeners.add(listener);
    return { dispose: () => void this.#listeners.delete(listener) };
  };
}

/** Folders of tokenizers by what they are. */
export const tokenizerFolders = {
  code: path.join(root, 'models/code'),
  wordpiece: path.join(root, 'test/fixtures/tokenizers/wordpiece'),
  unigram: path.join(root, 'test/fixtures/tokenizers/unigram'),
} as const;

/** What is compared at first: tokenizers that open quickly also on a machine with other work. */
const compared: readonly TokenizerSource[] = [
  { kind: 'model', folder: tokenizerFolders.code },
  { kind: 'builtin', name: 'gpt2' },
];

/** The lab as it ships, with the real handlers on the real engine. */
export function labUnderTest(
  engine: Supervisor,
  editor: FakeEditor,
  options: Partial<Pick<PanelUnderTest<never>, 'theme' | 'language' | 'strings' | 'viewport' | 'reducedMotion'>> = {},
): PanelUnderTest<TokenizationLabContract> {
  const describe = async (source: TokenizerSource): Promise<TokenizerDescription> =>
    engine.call('tokenizers/describe', { source });
  const handlers = tokenizationLabHandlers({
    engine,
    activeModel: async () => tokenizerFolders.code,
    isAllowed: async () => true,
    readEditor: (part) => ({ excerpt: part === 'nothing' ? undefined : editor.excerpt, opening: editor.opening }),
    onDidChangeEditor: editor.onDidChange,
    pickTokenizer: async () => (editor.choice === undefined ? undefined : describe(editor.choice)),
    copyText: async (text) => {
      editor.clipboard = text;
    },
  });
  const withQuickOnes: RpcHandlers<TokenizationLabContract> = {
    ...handlers,
    'lab/defaultTokenizers': async () => compared,
  };
  return {
    script: path.join(root, 'dist/webview/tokenizationLab.js'),
    schemas: tokenizationLabParamSchemas,
    handlers: tellingHandlers(withQuickOnes, silentLog, inEnglish),
    ...options,
  };
}
