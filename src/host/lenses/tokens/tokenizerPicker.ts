import * as vscode from 'vscode';
import {
  tokenizerSourceKey,
  type ListedTokenizer,
  type TokenizerSource,
} from '../../../core/tokenizer/tokenizerSource.js';
import type { EngineClient } from '../../../protocol/engineContract.js';
import type { ModelCatalog } from '../../models/modelCatalog.js';
import type { Translate } from '../../translate.js';
import { wholeNumber } from '../numbers.js';
import type { TokenizerChoice } from './tokenizerChoice.js';

/** What the picker works with. */
export interface TokenizerPickerDeps {
  readonly engine: EngineClient;
  readonly catalog: ModelCatalog;
  readonly choice: TokenizerChoice;
  readonly t: Translate;
}

interface Row extends vscode.QuickPickItem {
  readonly pick: () => Promise<void>;
}

/** Lets the user choose the tokenizer of the token lens: the active model's, or any other by itself. */
export async function chooseTokenizer(deps: TokenizerPickerDeps): Promise<void> {
  const { t } = deps;
  const picked = await vscode.window.showQuickPick<Row>(readRows(deps), {
    title: t('Choose the Tokenizer of the Token Lens'),
    placeHolder: t('Each model cuts text into its own tokens; the lens shows those of one tokenizer.'),
    matchOnDescription: true,
    matchOnDetail: true,
  });
  await picked?.pick();
}

async function readRows(deps: TokenizerPickerDeps): Promise<Row[]> {
  const { engine, catalog, choice, t } = deps;
  const [{ active }, listed] = await Promise.all([
    catalog.ready(),
    engine.call('tokenizers/list', { roots: catalog.roots }),
  ]);
  const chosen = choice.chosen;
  const follow: Row = {
    label: `$(${chosen === undefined ? 'check' : 'package'}) ${t('The active model')}`,
    description: active?.name ?? '',
    detail: t('Changes with the model that completes.'),
    pick: () => choice.choose(undefined),
  };
  const open: Row = {
    label: `$(folder-opened) ${t('Open tokenizer.json…')}`,
    detail: t('Any file in the format of Hugging Face’s tokenizers library'),
    alwaysShow: true,
    pick: () => openFile(deps),
  };
  const chosenKey = chosen === undefined ? undefined : tokenizerSourceKey(chosen.source);
  const rows = listed.map((tokenizer) => toRow(tokenizer, chosenKey, deps));
  return [follow, ...rows, ...(vscode.workspace.isTrusted ? [open] : [])];
}

function toRow(listed: ListedTokenizer, chosenKey: string | undefined, deps: TokenizerPickerDeps): Row {
  const { choice, t } = deps;
  if (listed.kind === 'broken') {
    const { name, problem } = listed;
    return { label: `$(warning) ${name}`, detail: problem.action ?? problem.message, pick: async () => undefined };
  }
  const { source, name, vocabularySize } = listed.description;
  const isChosen = tokenizerSourceKey(source) === chosenKey;
  return {
    label: `$(${isChosen ? 'check' : 'symbol-ruler'}) ${name}`,
    description: origin(source, deps),
    detail: t('{0} tokens in the vocabulary', wholeNumber(vocabularySize)),
    pick: () => choice.choose({ source, name }),
  };
}

function origin(source: TokenizerSource, { catalog, t }: TokenizerPickerDeps): string {
  switch (source.kind) {
    case 'builtin':
      return t('comes with Glassbox');
    case 'model': {
      const model = catalog.known.find(({ folder }) => folder === source.folder);
      return model?.source === 'bundled' ? t('bundled') : source.folder;
    }
    case 'file':
      return source.path;
  }
}

/** Refuses a file that is no tokenizer here, where the reason can be told, and not while painting. */
async function openFile({ engine, choice, t }: TokenizerPickerDeps): Promise<void> {
  const opened = await vscode.window.showOpenDialog({
    canSelectMany: false,
    filters: { [t('Tokenizer')]: ['json'] },
    openLabel: t('Use Tokenizer'),
  });
  const path = opened?.[0]?.fsPath;
  if (path === undefined) return;
  const source: TokenizerSource = { kind: 'file', path };
  const { name } = await engine.call('tokenizers/describe', { source });
  await choice.choose({ source, name });
}
