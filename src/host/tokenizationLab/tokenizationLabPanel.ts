import type { EngineClient } from '../../protocol/engineContract.js';
import type { TokenizationLabContract } from '../../protocol/panels/tokenizationLabContract.js';
import { tokenizationLabParamSchemas } from '../../protocol/panels/tokenizationLabParams.js';
import type { ModelCatalog } from '../models/modelCatalog.js';
import type { EditorFocus } from '../panels/editorFocus.js';
import { Panel, type PanelEnvironment } from '../panels/panel.js';
import { readEditorPart } from './editorExcerpt.js';
import { tokenizationLabHandlers } from './tokenizationLabHandlers.js';

/** What the lab works with. */
export interface TokenizationLabServices {
  readonly engine: EngineClient;
  readonly catalog: ModelCatalog;
  readonly focus: EditorFocus;
}

/** The tokenization lab as a panel. */
export function tokenizationLabPanel(
  { engine, catalog, focus }: TokenizationLabServices,
  environment: PanelEnvironment,
): Panel<TokenizationLabContract> {
  return new Panel(
    {
      name: 'tokenizationLab',
      title: environment.t('Tokenization Lab'),
      schemas: tokenizationLabParamSchemas,
      handlers: tokenizationLabHandlers({
        engine,
        activeModel: async () => (await catalog.ready()).active?.folder,
        readEditor: (part) => readEditorPart(focus.current, part),
        onDidChangeEditor: focus.onDidChange,
      }),
    },
    environment,
  );
}
