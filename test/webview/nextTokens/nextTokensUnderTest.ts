import path from 'node:path';
import { afterAll, beforeAll } from 'vitest';
import type { GlassboxError } from '../../../src/core/errors.js';
import type { ModelDescriptor } from '../../../src/core/model/modelDescriptor.js';
import { nextTokensHandlers } from '../../../src/host/nextTokens/nextTokensHandlers.js';
import type { CallOptions, EngineClient, EngineContract, EngineMethod } from '../../../src/protocol/engineContract.js';
import type { NextTokensPanelContract } from '../../../src/protocol/panels/nextTokensPanelContract.js';
import { nextTokensPanelParamSchemas } from '../../../src/protocol/panels/nextTokensPanelParams.js';
import type { Supervisor } from '../../../src/supervisor/supervisor.js';
import { root } from '../../e2e/editor/places.js';
import { TextPlaces } from '../../support/textPlaces.js';
import type { OpenPanel, PanelUnderTest } from '../harness/openPanel.js';
import { startEngine } from '../harness/startEngine.js';
import { withBrowser } from '../harness/withBrowser.js';

/** The text at first; the cursor stands at the mark. */
export const marked = 'export function first(list: readonly string[]): string | undefined {\n  return ‸;\n}\n';

/** The real engine; counts what it is asked, and fails when it is told to. */
export class WatchedEngine implements EngineClient {
  predictions = 0;
  failure: GlassboxError | undefined;
  readonly #engine: Supervisor;

  constructor(engine: Supervisor) {
    this.#engine = engine;
  }

  call<K extends EngineMethod>(
    method: K,
    params: EngineContract[K]['params'],
    options?: CallOptions<K>,
  ): Promise<EngineContract[K]['result']> {
    if (method === 'nextTokens/predict') this.predictions++;
    return this.failure === undefined ? this.#engine.call(method, params, options) : Promise.reject(this.failure);
  }
}

/** The panel on the screen, the places that it is asked about, and the engine behind it. */
export interface OpenNextTokens extends OpenPanel {
  readonly places: TextPlaces;
  readonly engine: WatchedEngine;
}

/** What all tests of a file share. */
export interface NextTokensUnderTest {
  readonly supervisor: Supervisor;
  /** The model in a folder whose path ends like this. */
  readonly modelIn: (folder: string) => ModelDescriptor;
  /** Opens the panel as it ships, with the real handlers on the real engine. Default: the bundled model, at the mark. */
  readonly open: (
    change?: Partial<PanelUnderTest<NextTokensPanelContract>> & { readonly places?: TextPlaces },
  ) => Promise<OpenNextTokens>;
}

/** Starts a browser and an engine for the tests of a file, and stops them after. */
export function withNextTokensPanel(): NextTokensUnderTest {
  const browser = withBrowser();
  const supervisor = startEngine();
  let models: readonly ModelDescriptor[] = [];
  beforeAll(async () => {
    const folders = ['models', 'test/fixtures/models'].map((folder) => path.join(root, folder));
    models = await supervisor.call('models/scan', {
      roots: folders.map((folder) => ({ path: folder, source: 'folder' })),
    });
  });
  afterAll(() => supervisor.dispose());
  const modelIn = (folder: string): ModelDescriptor => models.find((model) => model.folder.endsWith(folder))!;
  return {
    supervisor,
    modelIn,
    open: async ({ places = new TextPlaces(modelIn('models/code'), marked), ...change } = {}) => {
      const engine = new WatchedEngine(supervisor);
      const findModels = async (): Promise<void> => undefined;
      const handlers = nextTokensHandlers({ engine, places, findModels, reportFault: () => undefined });
      const script = path.join(root, 'dist/webview/nextTokens.js');
      const panel = await browser.open({ script, schemas: nextTokensPanelParamSchemas, handlers, ...change });
      return { ...panel, places, engine };
    },
  };
}
