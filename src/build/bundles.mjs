import { isBuiltin } from 'node:module';
import { panels } from './layers.mjs';

/**
 * What esbuild makes, and what may be in it.
 *
 * @typedef {object} Bundle
 * @property {string} entry Source file, relative to the repository.
 * @property {string} outfile
 * @property {'cjs' | 'esm' | 'iife'} format
 * @property {'node' | 'browser'} platform
 * @property {readonly string[]} external Packages that are resolved at run time.
 * @property {readonly string[]} forbidden Beginnings of input paths, or names of packages, that must not be inside.
 * @property {number} [maxBytes] Budget of the minified bundle, checked when it is made for a package.
 */

/**
 * The bundle of a panel. One panel, one script: a page loads nothing that it does not use, and its content security
 * policy allows no second file.
 *
 * @param {string} panel
 * @returns {Bundle}
 */
const panelBundle = (panel) => ({
  entry: `webview/${panel}/main.ts`,
  outfile: `dist/webview/${panel}.js`,
  format: 'iife',
  platform: 'browser',
  external: [],
  forbidden: [
    ...['src/host/', 'src/engine/', 'src/supervisor/', 'src/cli', 'src/build/', 'src/extension.ts'],
    ...panels.filter((other) => other !== panel).map((other) => `webview/${other}/`),
    ...['vscode', 'onnxruntime-node', '@huggingface/', 'protobufjs', 'js-tiktoken'],
  ],
  maxBytes: 400_000,
});

/** @type {readonly Bundle[]} */
export const bundles = [
  {
    entry: 'src/extension.ts',
    outfile: 'dist/extension.cjs',
    format: 'cjs',
    platform: 'node',
    external: ['vscode'],
    forbidden: [
      'src/engine/',
      'src/cli',
      'src/build/',
      'onnxruntime-node',
      '@huggingface/',
      '@xenova/',
      'protobufjs',
      'js-tiktoken',
      'webview/',
    ],
  },
  {
    entry: 'src/engine/main.ts',
    outfile: 'dist/engine.cjs',
    format: 'cjs',
    platform: 'node',
    external: ['onnxruntime-node'],
    forbidden: [
      'src/host/',
      'src/supervisor/',
      'src/cli',
      'src/build/',
      'src/extension.ts',
      'webview/',
      'vscode',
      'js-tiktoken',
    ],
  },
  {
    entry: 'src/engine/tokenizers/tokenizerWorker.ts',
    outfile: 'dist/tokenizerWorker.cjs',
    format: 'cjs',
    platform: 'node',
    external: [],
    forbidden: ['src/host/', 'src/supervisor/', 'src/cli', 'src/build/', 'vscode', 'onnxruntime-node'],
  },
  {
    entry: 'src/engine/process/watchdogWorker.ts',
    outfile: 'dist/watchdogWorker.cjs',
    format: 'cjs',
    platform: 'node',
    external: [],
    forbidden: ['src/host/', 'src/supervisor/', 'src/cli', 'src/build/', 'vscode', 'onnxruntime-node'],
  },
  {
    entry: 'src/cli.ts',
    outfile: 'dist/cli.js',
    format: 'esm',
    platform: 'node',
    external: [],
    forbidden: [
      'src/host/',
      'src/engine/',
      'src/build/',
      'src/extension.ts',
      'webview/',
      'vscode',
      'onnxruntime-node',
      '@huggingface/',
      '@xenova/',
      'js-tiktoken',
    ],
  },
  ...panels.map(panelBundle),
];

/**
 * Fence 3: what a bundle holds or imports against its rules. The fences of TypeScript and ESLint look at source files;
 * this one looks at what esbuild really followed.
 *
 * @param {Bundle} bundle
 * @param {import('esbuild').Metafile} metafile
 * @returns {string[]} One sentence per violation.
 */
export function bundleViolations(bundle, metafile) {
  const output = Object.values(metafile.outputs).find(({ entryPoint }) => entryPoint === bundle.entry);
  if (output === undefined) return [`${bundle.outfile} was not made from ${bundle.entry}.`];
  const inputs = Object.keys(output.inputs).filter((input) => bundle.forbidden.some((rule) => matches(input, rule)));
  const imports = output.imports
    .map(({ path }) => path)
    .filter((path) => !bundle.external.includes(path) && !(bundle.platform === 'node' && isBuiltin(path)));
  return [
    ...inputs.map((input) => `${bundle.outfile} must not contain ${input}.`),
    ...imports.map((path) => `${bundle.outfile} must not import ${path} at run time.`),
  ];
}

/**
 * @param {Bundle} bundle
 * @param {import('esbuild').Metafile} metafile Of the minified bundle.
 * @returns {string[]} A sentence when the bundle is over its budget.
 */
export function sizeViolations({ outfile, maxBytes = Infinity }, metafile) {
  const bytes = metafile.outputs[outfile]?.bytes ?? 0;
  return bytes > maxBytes ? [`${outfile} has ${bytes} bytes; its budget is ${maxBytes}.`] : [];
}

/**
 * @param {string} input Path of a file in the bundle.
 * @param {string} rule Beginning of a path below `src` or `webview`, a package name, or a scope such as `@huggingface/`.
 */
function matches(input, rule) {
  if (rule.startsWith('src/') || rule.startsWith('webview/')) return input.startsWith(rule);
  return input.includes(`node_modules/${rule.endsWith('/') ? rule : `${rule}/`}`);
}
