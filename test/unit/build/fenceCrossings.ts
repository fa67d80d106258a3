/** A file that crosses a fence, and what must stop it. */
export interface Crossing {
  readonly file: string;
  readonly source: string;
  /** The lint rule that reports it, where lint sees it. */
  readonly rule?: string;
  /** The compiler's error, where the compiler sees it too. */
  readonly compiler?: string;
}

const use = (name: string, from: string): string => `import { ${name} } from '${from}';\n\n${name}();\n`;

/** Files without fault, one per layer, to be imported by the others. */
export const targets: Readonly<Record<string, string>> = {
  'src/core/count.ts': '/** Counts. */\nexport function count(): number {\n  return 1;\n}\n',
  'src/protocol/channel.ts': '/** Opens. */\nexport function channel(): number {\n  return 1;\n}\n',
  'src/supervisor/start.ts': '/** Starts. */\nexport function start(): number {\n  return 1;\n}\n',
  'src/engine/session.ts': '/** Opens. */\nexport function session(): number {\n  return 1;\n}\n',
  'src/host/panel.ts': '/** Shows. */\nexport function panel(): number {\n  return 1;\n}\n',
  'src/cli/print.ts': '/** Prints. */\nexport function print(): number {\n  return 1;\n}\n',
  'src/host/allowed.ts': `import { count } from '../core/count.js';\nimport { start } from '../supervisor/start.js';\n\ncount();\nstart();\n`,
  'src/engine/allowed.ts': `import { readFileSync } from 'node:fs';\nimport { channel } from '../protocol/channel.js';\n\nchannel();\nreadFileSync('x');\n`,
  'webview/boot/page.ts': '/** Opens. */\nexport function page(): number {\n  return 1;\n}\n',
  'webview/charts/bars.ts': '/** Draws. */\nexport function bars(): number {\n  return 1;\n}\n',
  'webview/tokenizationLab/allowed.ts': `import { nothing } from 'lit';\nimport { count } from '../../src/core/count.js';\nimport { channel } from '../../src/protocol/channel.js';\nimport { bars } from '../charts/bars.js';\n\ndocument.append(nothing.toString());\ncount();\nchannel();\nbars();\n`,
};

const sideways = 'TS6307';
const restrictedPath = 'import-x/no-restricted-paths';
const restrictedPackage = 'no-restricted-imports';

/** Every way over a fence that is worth a proof. */
export const crossings: readonly Crossing[] = [
  {
    file: 'src/core/toEngine.ts',
    source: use('session', '../engine/session.js'),
    rule: restrictedPath,
    compiler: 'TS6059',
  },
  {
    file: 'src/core/toProtocol.ts',
    source: use('channel', '../protocol/channel.js'),
    rule: restrictedPath,
    compiler: 'TS6059',
  },
  {
    file: 'src/protocol/toHost.ts',
    source: use('panel', '../host/panel.js'),
    rule: restrictedPath,
    compiler: sideways,
  },
  { file: 'src/engine/toHost.ts', source: use('panel', '../host/panel.js'), rule: restrictedPath, compiler: 'TS6059' },
  {
    file: 'src/host/toEngine.ts',
    source: use('session', '../engine/session.js'),
    rule: restrictedPath,
    compiler: 'TS6059',
  },
  {
    file: 'src/supervisor/toEngine.ts',
    source: use('session', '../engine/session.js'),
    rule: restrictedPath,
    compiler: 'TS6059',
  },
  {
    file: 'src/cli/toEngine.ts',
    source: use('session', '../engine/session.js'),
    rule: restrictedPath,
    compiler: 'TS6059',
  },
  {
    file: 'src/core/toNode.ts',
    source: use('readFileSync', 'node:fs'),
    rule: restrictedPackage,
    compiler: 'TS(2307|2591)',
  },
  { file: 'src/core/toDom.ts', source: 'document.title;\n', compiler: 'TS2584' },
  {
    file: 'src/core/toVscode.ts',
    source: `import * as vscode from 'vscode';\n\nvscode.version;\n`,
    rule: restrictedPackage,
  },
  {
    file: 'src/engine/toVscode.ts',
    source: `import type { Uri } from 'vscode';\n\nexport type X = Uri;\n`,
    rule: restrictedPackage,
  },
  { file: 'src/host/toRuntime.ts', source: `import 'onnxruntime-node';\n`, rule: restrictedPackage },
  { file: 'src/cli/toRuntime.ts', source: `import 'onnxruntime-node';\n`, rule: restrictedPackage },
  { file: 'src/engine/toNetwork.ts', source: use('get', 'node:https'), rule: restrictedPackage },
  {
    file: 'webview/boot/toHost.ts',
    source: use('panel', '../../src/host/panel.js'),
    rule: restrictedPath,
    compiler: 'TS6059',
  },
  {
    file: 'src/host/toPage.ts',
    source: use('page', '../../webview/boot/page.js'),
    rule: restrictedPath,
    compiler: 'TS6059',
  },
  { file: 'webview/charts/toPage.ts', source: use('page', '../boot/page.js'), rule: restrictedPath },
  { file: 'webview/charts/toProtocol.ts', source: `import 'vscode-jsonrpc';\n`, rule: restrictedPackage },
  {
    file: 'webview/boot/toNode.ts',
    source: use('readFileSync', 'node:fs'),
    rule: restrictedPackage,
    compiler: 'TS(2307|2591)',
  },
  {
    file: 'webview/tokenizationLab/toToolkit.ts',
    source: `import '@vscode/webview-ui-toolkit';\n`,
    rule: restrictedPackage,
  },
  { file: 'webview/tokenizationLab/toNetwork.ts', source: `void fetch('/');\n`, rule: 'no-restricted-globals' },
  { file: 'src/host/toNetwork.ts', source: `void fetch('http://localhost');\n`, rule: 'no-restricted-globals' },
  {
    file: 'src/core/cycleA.ts',
    source: `${use('b', './cycleB.js')}\n/** A. */\nexport const a = (): void => b();\n`,
    rule: 'import-x/no-cycle',
  },
  {
    file: 'src/core/cycleB.ts',
    source: `${use('a', './cycleA.js')}\n/** B. */\nexport const b = (): void => a();\n`,
    rule: 'import-x/no-cycle',
  },
  { file: 'src/core/chance.ts', source: 'Math.random();\n', rule: 'no-restricted-syntax' },
  { file: 'src/core/time.ts', source: 'Date.now();\n', rule: 'no-restricted-globals' },
  {
    file: 'src/host/enumeration.ts',
    source: 'enum Colour {\n  red,\n}\n\nColour.red;\n',
    rule: 'no-restricted-syntax',
  },
  { file: 'src/host/barrel.ts', source: `export * from './panel.js';\n`, rule: 'no-restricted-syntax' },
  { file: 'src/host/defaultExport.ts', source: 'export default 1;\n', rule: 'no-restricted-syntax' },
  { file: 'src/host/undocumented.ts', source: 'export const silent = 1;\n', rule: 'jsdoc/require-jsdoc' },
  {
    file: 'src/host/floating.ts',
    source: 'async function late(): Promise<void> {}\n\nlate();\n',
    rule: '@typescript-eslint/no-floating-promises',
  },
];
