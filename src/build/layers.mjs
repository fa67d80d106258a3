/**
 * Who may import whom: the one table behind the lint rules and the bundle check.
 *
 * @typedef {object} Layer
 * @property {readonly string[]} may Other layers this layer may import from.
 * @property {readonly string[]} packages Packages it may import; `name/*` allows sub-paths, `node:*` allows Node's own
 *   modules except those that open sockets.
 */

/** The panels: each is a folder below `webview/`, a bundle and a layer of its own, so that none leans on another. */
export const panels = ['nextTokens', 'tokenizationLab', 'whySuggestion'];

/** @type {Layer} */
const panelLayer = {
  may: ['src/core', 'src/protocol', 'webview/boot', 'webview/controls', 'webview/charts'],
  packages: ['lit', 'lit/*', 'valibot'],
};

/** @type {Readonly<Record<string, Layer>>} */
export const layers = {
  'src/core': { may: [], packages: ['valibot', 'picomatch'] },
  'src/protocol': { may: ['src/core'], packages: ['vscode-jsonrpc', 'vscode-jsonrpc/*', 'valibot'] },
  'src/supervisor': {
    may: ['src/core', 'src/protocol'],
    packages: ['node:*', 'vscode-jsonrpc', 'vscode-jsonrpc/*'],
  },
  'src/engine': {
    may: ['src/core', 'src/protocol'],
    packages: [
      'node:*',
      'onnxruntime-node',
      '@huggingface/jinja',
      '@huggingface/tokenizers',
      'js-tiktoken/*',
      'vscode-jsonrpc',
      'vscode-jsonrpc/*',
      'protobufjs',
      'protobufjs/*',
      'valibot',
    ],
  },
  'src/host': { may: ['src/core', 'src/protocol', 'src/supervisor'], packages: ['vscode', 'node:*', 'valibot'] },
  'src/cli': { may: ['src/core', 'src/protocol', 'src/supervisor'], packages: ['node:*', 'commander', 'valibot'] },
  'webview/boot': {
    may: ['src/core', 'src/protocol'],
    packages: ['lit', 'lit/*', 'valibot', 'vscode-jsonrpc/browser'],
  },
  // Controls and charts know neither the protocol nor the page: labels and data are handed in.
  'webview/controls': { may: [], packages: ['lit', 'lit/*', '@vscode/webview-ui-toolkit'] },
  'webview/charts': {
    may: ['src/core'],
    packages: ['lit', 'lit/*', 'd3-scale', 'd3-scale-chromatic', 'd3-interpolate'],
  },
  ...Object.fromEntries(panels.map((panel) => [`webview/${panel}`, panelLayer])),
};

/** The two composition roots: they may build what they name, and nothing imports them. @type {typeof layers} */
export const roots = {
  'src/extension.ts': {
    may: ['src/core', 'src/protocol', 'src/supervisor', 'src/host'],
    packages: ['vscode', 'node:*'],
  },
  'src/cli.ts': { may: ['src/core', 'src/protocol', 'src/supervisor', 'src/cli'], packages: ['node:*', 'commander'] },
};

/** Node modules that open sockets or look up names: nothing that ships imports them. */
export const networkModules = ['net', 'http', 'https', 'http2', 'dgram', 'tls', 'dns', 'dns/promises', 'inspector'];

/** Folders that look at everything and at which nothing that ships may look. */
export const outsideLayers = ['src/build', 'test', 'models'];
