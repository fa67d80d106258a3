// Rules for what ships: src without src/build, and webview.

const noDefaultExport = { selector: 'ExportDefaultDeclaration', message: 'Named exports only.' };
const noBarrel = { selector: 'ExportAllDeclaration', message: 'No barrels: import from the file that declares it.' };
const noEnum = { selector: 'TSEnumDeclaration', message: 'Use a union of string literals.' };
const noDynamicPackage = {
  selector: 'ImportExpression[source.type!="Literal"]',
  message: 'Name the module literally, so that the layer rules and the bundler see it.',
};
const noNetwork = ['fetch', 'WebSocket', 'EventSource', 'XMLHttpRequest'].map((name) => ({
  name,
  message: 'What ships opens no connection.',
}));

/** Rules that hold in every layer. @type {import('eslint').Linter.RulesRecord} */
export const shippedRules = {
  'no-console': 'error',
  'no-restricted-globals': ['error', ...noNetwork],
  'no-restricted-syntax': ['error', noDefaultExport, noBarrel, noEnum, noDynamicPackage],
};

/**
 * Core decides nothing by itself: time, chance and scheduling are handed in, so that tests and replays repeat.
 *
 * @type {import('eslint').Linter.RulesRecord}
 */
export const coreRules = {
  'no-restricted-globals': [
    'error',
    ...noNetwork,
    ...['Date', 'performance', 'setTimeout', 'setInterval', 'setImmediate', 'queueMicrotask'].map((name) => ({
      name,
      message: 'Core is handed a Clock.',
    })),
  ],
  'no-restricted-syntax': [
    'error',
    noDefaultExport,
    noBarrel,
    noEnum,
    noDynamicPackage,
    {
      selector: 'MemberExpression[object.name="Math"][property.name="random"]',
      message: 'Core is handed a seeded generator.',
    },
  ],
};
