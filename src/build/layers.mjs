/**
 * Who may import whom: the one table behind the lint rules and the bundle check.
 *
 * @typedef {object} Layer
 * @property {readonly string[]} may Other layers this layer may import from.
 * @property {readonly string[]} packages Packages it may import; `name/*` allows sub-paths, `node:*` allows Node's own
 *   modules except those that open sockets.
 */

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
