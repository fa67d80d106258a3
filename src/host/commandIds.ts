/** Ids of the commands in the palette; the manifest gives each its title. Ids never change. */
export const commandIds = {
  triggerSuggestion: 'glassbox.completion.triggerSuggestion',
  toggleCompletion: 'glassbox.completion.toggleCompletion',
  toggleLanguage: 'glassbox.completion.toggleLanguage',
  snoozeCompletion: 'glassbox.completion.snoozeCompletion',
  explainNothing: 'glassbox.completion.explainNothing',
  chooseModel: 'glassbox.models.chooseModel',
  openLab: 'glassbox.tokens.openLab',
  openNextTokens: 'glassbox.nextTokens.openPanel',
  findCode: 'glassbox.search.findCode',
  restartEngine: 'glassbox.engine.restartEngine',
  showState: 'glassbox.engine.showState',
  showLog: 'glassbox.log.showLog',
  explainSuggestion: 'glassbox.why.explainSuggestion',
  clearMarks: 'glassbox.why.clearMarks',
  openMenu: 'glassbox.menu.openMenu',
  toggleTokenLens: 'glassbox.tokens.toggleLens',
  toggleTokensPerLine: 'glassbox.tokens.togglePerLine',
  chooseTokenizer: 'glassbox.tokens.chooseTokenizer',
  showExpensiveLines: 'glassbox.tokens.showExpensiveLines',
  toggleProbabilityLens: 'glassbox.probability.toggleLens',
  chooseLensModel: 'glassbox.probability.chooseModel',
  compareModels: 'glassbox.probability.compareModels',
  openLensMenu: 'glassbox.lenses.openMenu',
  switchOffLenses: 'glassbox.lenses.switchOff',
} as const;

/** The id of a command in the palette. */
export type CommandId = (typeof commandIds)[keyof typeof commandIds];

/** Runs after a suggestion was accepted; not in the manifest, because people have no use for it. */
export const recordAcceptanceCommand = 'glassbox.completion.recordAcceptance';

/** Minutes that the snooze command and the menu offer. */
export const snoozeMinutes = [5, 15, 60] as const;
