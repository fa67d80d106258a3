import * as vscode from 'vscode';
import { systemClock, type Clock } from './core/clock.js';
import { CompletionPipeline } from './core/completion/completionPipeline.js';
import type { Log } from './core/log.js';
import { completionModel } from './core/model/completionModel.js';
import type { ModelRoot } from './core/model/modelDescriptor.js';
import { commandHandlers } from './host/commandHandlers.js';
import { registerCommands } from './host/commands.js';
import { CompletionRequests } from './host/completion/completionRequests.js';
import { CompositionDetector } from './host/completion/compositionDetector.js';
import { followDocuments } from './host/completion/documentEvents.js';
import {
  completionSelector,
  InlineCompletionProvider,
  registerAcceptance,
} from './host/completion/inlineCompletionProvider.js';
import { QueryReader } from './host/completion/queryReader.js';
import { Snooze } from './host/completion/snooze.js';
import { readEngineReport } from './host/engine/engineReportReader.js';
import { EngineStateView } from './host/engine/engineStateView.js';
import { FaultNotices } from './host/faultNotices.js';
import { followState } from './host/followState.js';
import { LensBoard } from './host/lenses/lensBoard.js';
import type { LensServices } from './host/lenses/lensHandlers.js';
import { registerLensHovers } from './host/lenses/lensHovers.js';
import { LensMemory } from './host/lenses/lensMemory.js';
import { LensStatusItem } from './host/lenses/lensStatusItem.js';
import { followLenses } from './host/lenses/followLenses.js';
import { ComparisonChoice } from './host/lenses/comparison/comparisonChoice.js';
import { ComparisonLens } from './host/lenses/comparison/comparisonLens.js';
import { ComparisonSummary } from './host/lenses/comparison/comparisonSummary.js';
import { DocumentComparisons } from './host/lenses/comparison/documentComparisons.js';
import { DocumentScores } from './host/lenses/probability/documentScores.js';
import { LensModel } from './host/lenses/probability/lensModel.js';
import { ProbabilityLens } from './host/lenses/probability/probabilityLens.js';
import { ProbabilitySummary } from './host/lenses/probability/probabilitySummary.js';
import { secretDocuments } from './host/lenses/secretDocuments.js';
import { DocumentTokens } from './host/lenses/tokens/documentTokens.js';
import { TokenCounter } from './host/lenses/tokens/tokenCounter.js';
import { TokenizerChoice } from './host/lenses/tokens/tokenizerChoice.js';
import { TokenLens } from './host/lenses/tokens/tokenLens.js';
import { TokensPerLine } from './host/lenses/tokens/tokensPerLine.js';
import { TokenSummary } from './host/lenses/tokens/tokenSummary.js';
import { OutputChannelLog } from './host/log.js';
import { followCode } from './host/memory/followCode.js';
import { WorkspaceCode } from './host/memory/workspaceCode.js';
import { WorkspaceMemoryFeed } from './host/memory/workspaceMemoryFeed.js';
import { ActiveModelEngine } from './host/models/activeModelEngine.js';
import { ModelCatalog } from './host/models/modelCatalog.js';
import { modelNotices } from './host/models/modelNotices.js';
import { ModelPicker } from './host/models/modelPicker.js';
import { modelRoots } from './host/models/modelRoots.js';
import { nextTokensPanel, type NextTokensServices } from './host/nextTokens/nextTokensPanel.js';
import { LanguageNames } from './host/settings/languageNames.js';
import { EditorFocus } from './host/panels/editorFocus.js';
import { CodeSearch } from './host/search/codeSearch.js';
import { FindCode } from './host/search/findCode.js';
import { IndexStore } from './host/search/indexStore.js';
import { SearchEncoder } from './host/search/searchEncoder.js';
import { SettingsReader } from './host/settings/settingsReader.js';
import { SettingsWriter } from './host/settings/settingsWriter.js';
import { StatusItem } from './host/status/statusItem.js';
import { readStatus } from './host/status/statusReader.js';
import type { StatusInputs } from './host/status/statusView.js';
import { TokenizationLabPanel } from './host/tokenizationLab/tokenizationLabPanel.js';
import { WhySuggestion } from './host/whySuggestion/whySuggestionPanel.js';
import type { Translate } from './host/translate.js';
import type { EngineStatus } from './supervisor/engineStatus.js';
import { forkedEngine } from './supervisor/forkedEngine.js';
import { Supervisor } from './supervisor/supervisor.js';

let deactivation: (() => Promise<void>) | undefined;

/** Builds and connects everything. Starts no process, reads no model. */
export function activate(context: vscode.ExtensionContext): void {
  const startMs = performance.now();
  const channel = vscode.window.createOutputChannel('Glassbox', { log: true });
  const log = new OutputChannelLog(channel);
  const clock = systemClock(globalThis);
  const t: Translate = (message, ...values) => vscode.l10n.t(message, ...values);
  const engine = createEngine(context, clock, log);
  const glassbox = connect(engine, { context, channel, log, clock, t });
  context.subscriptions.push(channel, glassbox);
  deactivation = () => engine.dispose();
  log.info(`active after ${(performance.now() - startMs).toFixed(0)} ms`);
}

/** Ends the engine; the editor waits for it. */
export function deactivate(): Promise<void> | undefined {
  return deactivation?.();
}

/** What everything is built on. */
interface Ground {
  readonly context: vscode.ExtensionContext;
  readonly channel: vscode.LogOutputChannel;
  readonly log: Log;
  readonly clock: Clock;
  readonly t: Translate;
}

function createEngine(context: vscode.ExtensionContext, clock: Clock, log: Log): Supervisor {
  const entry = context.asAbsolutePath('dist/engine.cjs');
  return new Supervisor({ launch: forkedEngine({ entry, clock, log }), clock, log });
}

function connect(supervisor: Supervisor, ground: Ground): vscode.Disposable {
  const { log, clock, t } = ground;
  const settings = new SettingsReader(log);
  const languageNames = new LanguageNames();
  const notices = new FaultNotices();
  const composition = new CompositionDetector();
  const queries = new QueryReader(composition);
  const refreshStatus = (): void => {
    statusItem.refresh();
    lenses.choice.followModels();
    lenses.models.followModels();
  };
  const snooze = new Snooze(clock, refreshStatus);
  const modelChanges = new vscode.EventEmitter<void>();
  const catalog = createCatalog(supervisor, settings, notices, ground, () => {
    refreshStatus();
    modelChanges.fire();
  });
  const panelServices = { catalog, settings, queries, onDidChangeModels: modelChanges.event };
  const panels = createPanels(supervisor, panelServices, ground);
  const { pipeline, memory } = createPipeline(supervisor, { catalog, settings, snooze, ...panels }, ground);
  const findModels = (): Promise<unknown> => catalog.ready();
  const requests = new CompletionRequests({ pipeline, findModels, clock, log, onActivity: refreshStatus });
  const engineStatus = (): EngineStatus => supervisor.status;
  const readInputs = (): StatusInputs =>
    readStatus({ settings, languageNames, snooze, engineStatus, requests, catalog });
  const statusItem = new StatusItem(readInputs, clock, t);
  const engineView = new EngineStateView(t('Engine State'), () =>
    readEngineReport({ supervisor, catalog, requests, log, t }),
  );
  const lenses = createLenses(supervisor, catalog, settings, ground);
  const findCode = createSearch(supervisor, catalog, settings, ground);
  const handlers = commandHandlers({
    channel: ground.channel,
    supervisor,
    catalog,
    modelPicker: new ModelPicker(catalog, t),
    engineView,
    settingsWriter: new SettingsWriter(settings),
    snooze,
    status: readInputs,
    whyNothing: { pipeline, requests, queries, languageNames, snoozedMinutes: () => snooze.remainingMinutes, t },
    ...panels,
    lenses,
    findCode,
    t,
  });
  return vscode.Disposable.from(
    registerCommands(handlers, log, t),
    registerAcceptance([panels.whySuggestion, pipeline]),
    vscode.languages.registerInlineCompletionItemProvider(
      completionSelector,
      new InlineCompletionProvider(requests, queries),
    ),
    followDocuments(pipeline, queries, composition),
    followState({ supervisor, catalog, settings, notices, refreshStatus, t }),
    ...[panels.disposable, modelChanges, lenses, engineView, statusItem, snooze, pipeline, languageNames, settings],
    ...[findCode, memory],
  );
}

function readModelRoots(context: vscode.ExtensionContext, settings: SettingsReader): readonly ModelRoot[] {
  const folders = settings.get('glassbox.models.folders');
  return modelRoots(context.asAbsolutePath('models'), folders, vscode.workspace.isTrusted);
}

function createCatalog(
  engine: Supervisor,
  settings: SettingsReader,
  notices: FaultNotices,
  { context, log, t }: Ground,
  onDidChange: () => void,
): ModelCatalog {
  const catalog: ModelCatalog = new ModelCatalog({
    engine,
    log,
    roots: () => readModelRoots(context, settings),
    // Without trust the user's folders are not looked at, so the model wanted from them is not missed either.
    wanted: () => (vscode.workspace.isTrusted ? settings.get('glassbox.models.active') : ''),
    onDidChange: () => {
      onDidChange();
      for (const notice of modelNotices(catalog.known, catalog.choice, t)) notices.tell(notice, t);
    },
  });
  return catalog;
}

/** What the panels look at. */
type PanelServices = Pick<NextTokensServices, 'catalog' | 'settings' | 'queries' | 'onDidChangeModels'>;

/** The panels beside the editor. */
function createPanels(
  engine: Supervisor,
  { catalog, settings, queries, onDidChangeModels }: PanelServices,
  { context, log, clock, t }: Ground,
) {
  const environment = { extensionUri: context.extensionUri, log, t };
  const focus = new EditorFocus(clock);
  const roots = (): readonly ModelRoot[] => readModelRoots(context, settings);
  const memento = context.globalState;
  const tokenizationLab = new TokenizationLabPanel({ engine, catalog, focus, roots, memento }, environment);
  const whySuggestion = new WhySuggestion({ engine, catalog, focus, clock }, environment);
  const nextTokens = nextTokensPanel({ engine, catalog, focus, queries, settings, onDidChangeModels }, environment);
  const disposable = vscode.Disposable.from(tokenizationLab, whySuggestion, nextTokens, focus);
  return { tokenizationLab, whySuggestion, nextTokens, disposable };
}

/** What the pipeline looks at, and tells. */
interface PipelineServices {
  readonly catalog: ModelCatalog;
  readonly settings: SettingsReader;
  readonly snooze: Snooze;
  readonly whySuggestion: WhySuggestion;
}

/** The pipeline, and the code of the workspace for the model it asks; nothing is read before that has answered. */
function createPipeline(
  supervisor: Supervisor,
  { catalog, settings, snooze, whySuggestion }: PipelineServices,
  { clock, log }: Ground,
): { readonly pipeline: CompletionPipeline; readonly memory: vscode.Disposable } {
  const engineStatus = (): EngineStatus => supervisor.status;
  const source = new WorkspaceCode(settings);
  const onRemembered = (): void => pipeline.memoryChanged();
  const feed = new WorkspaceMemoryFeed({ engine: supervisor, engineStatus, source, clock, log, onRemembered });
  const pipeline = new CompletionPipeline({
    engine: new ActiveModelEngine(supervisor, catalog, log, (answered) => feed.answered(answered)),
    clock,
    log,
    settings: (document) => ({ ...settings.completionPreferences(document.uri), snoozedUntilMs: snooze.untilMs }),
    model: () => {
      const active = catalog.choice?.active;
      return active && completionModel(active);
    },
    onOutcome: (record) => whySuggestion.note(record),
  });
  return { pipeline, memory: vscode.Disposable.from(followCode(feed, settings), feed) };
}

/** Search for code by description; nothing is read before it is used. */
function createSearch(
  engine: Supervisor,
  catalog: ModelCatalog,
  settings: SettingsReader,
  { context, clock, log, t }: Ground,
): FindCode {
  // Without trust the user's folders are not looked at, so an encoder from them is not missed either.
  const wanted = (): string => (vscode.workspace.isTrusted ? settings.get('glassbox.search.model') : '');
  const encoder = new SearchEncoder(engine, catalog, wanted, log);
  const store = new IndexStore(context.storageUri, log);
  const search = new CodeSearch({ encoder, store, settings, clock, log });
  const isSecret = secretDocuments(settings);
  return new FindCode({ search, encoder, isSecret, clock, log, t });
}

function createLenses(
  engine: Supervisor,
  catalog: ModelCatalog,
  settings: SettingsReader,
  { context, clock, log, t }: Ground,
): LensServices & vscode.Disposable {
  const choice = new TokenizerChoice(catalog, context.workspaceState);
  const models = new LensModel(catalog, context.workspaceState);
  const tokens = new DocumentTokens(engine, choice);
  const counter = new TokenCounter(engine, choice, clock, log);
  const scores = new DocumentScores(engine, models, clock);
  const comparison = new ComparisonChoice(context.workspaceState);
  const comparisons = new DocumentComparisons(engine, catalog, comparison);
  const isSecret = secretDocuments(settings);
  const onDidRead = (): void => statusItem.refresh();
  const tokenLens = new TokenLens(tokens, clock, t);
  const lenses = [
    tokenLens,
    new TokensPerLine(tokens, t),
    new ProbabilityLens({ scores, isSecret, onDidRead, t }),
    new ComparisonLens({ comparisons, isSecret, onDidRead, t }),
  ];
  const board = new LensBoard({ lenses, memory: new LensMemory(context.workspaceState), clock, log });
  const summary = new TokenSummary({ counter, lens: tokenLens, settings, clock, log, onDidChange: onDidRead, t });
  const summaries = [
    new ProbabilitySummary({ scores, isSecret, t }),
    new ComparisonSummary({ comparisons, isSecret, t }),
    summary,
  ];
  const statusItem = new LensStatusItem(board, summaries, t);
  const following = followLenses({
    supervisor: engine,
    settings,
    board,
    choice,
    models,
    comparison,
    counter,
    statusItem,
  });
  const all = vscode.Disposable.from(
    ...[following, registerLensHovers(board), board, statusItem, summary, counter, choice, models, comparison],
  );
  return { engine, catalog, board, counter, choice, models, comparison, dispose: () => void all.dispose() };
}
