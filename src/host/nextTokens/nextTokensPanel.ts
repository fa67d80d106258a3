import type * as vscode from 'vscode';
import type { EngineClient } from '../../protocol/engineContract.js';
import type { NextTokensPanelContract } from '../../protocol/panels/nextTokensPanelContract.js';
import { nextTokensPanelParamSchemas } from '../../protocol/panels/nextTokensPanelParams.js';
import type { QueryReader } from '../completion/queryReader.js';
import type { ModelCatalog } from '../models/modelCatalog.js';
import type { EditorFocus } from '../panels/editorFocus.js';
import { Panel, type PanelEnvironment } from '../panels/panel.js';
import type { SettingsReader } from '../settings/settingsReader.js';
import { nextTokensHandlers } from './nextTokensHandlers.js';
import { NextTokenPlaces } from './nextTokenPlaces.js';
import { PlaceReader } from './placeReader.js';

/** What the panel works with. */
export interface NextTokensServices {
  readonly engine: EngineClient;
  readonly catalog: ModelCatalog;
  readonly focus: EditorFocus;
  readonly queries: QueryReader;
  readonly settings: SettingsReader;
  /** Fires after the list of models, or the choice among them, changed. */
  readonly onDidChangeModels: vscode.Event<void>;
}

/** The next-token panel. */
export function nextTokensPanel(
  services: NextTokensServices,
  environment: PanelEnvironment,
): vscode.Disposable & { show(): void } {
  const { engine, catalog, focus, queries, settings, onDidChangeModels } = services;
  const { t } = environment;
  const reader = new PlaceReader({ queries, settings, model: () => catalog.choice?.active, t });
  const places = new NextTokenPlaces({ focus, reader, onDidChange: [onDidChangeModels, settings.onDidChange], t });
  const panel = new Panel<NextTokensPanelContract>(
    {
      name: 'nextTokens',
      title: t('What Comes Next?'),
      schemas: nextTokensPanelParamSchemas,
      handlers: nextTokensHandlers({
        engine,
        places,
        findModels: () => catalog.ready(),
        reportFault: (folder, fault) => catalog.reportFault(folder, fault),
      }),
    },
    environment,
  );
  return {
    show: () => panel.show(),
    dispose: () => {
      panel.dispose();
      places.dispose();
    },
  };
}
