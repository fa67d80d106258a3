import { isBuiltin } from 'node:module';

/**
 * What esbuild makes, and what may be in it.
 *
 * @typedef {object} Bundle
 * @property {string} entry Source file, relative to the repository.
 * @property {string} outfile
 * @property {'cjs' | 'esm'} format
 * @property {readonly string[]} external Packages that are resolved at run time.
 * @property {readonly string[]} forbidden Beginnings of input paths, or names of packages, that must not be inside.
 */

/** @type {readonly Bundle[]} */
export const bundles = [
  {
    entry: 'src/extension.ts',
    outfile: 'dist/extension.cjs',
    format: 'cjs',
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
    ],
  },
  {
    entry: 'src/engine/main.ts',
    outfile: 'dist/engine.cjs',
    format: 'cjs',
    external: ['onnxruntime-node'],
    forbidden: ['src/host/', 'src/supervisor/', 'src/cli', 'src/build/', 'src/extension.ts', 'vscode', 'js-tiktoken'],
  },
  {
    entry: 'src/engine/tokenizers/tokenizerWorker.ts',
    outfile: 'dist/tokenizerWorker.cjs',
    format: 'cjs',
    external: [],
    forbidden: ['src/host/', 'src/supervisor/', 'src/cli', 'src/build/', 'vscode', 'onnxruntime-node'],
  },
  {
    entry: 'src/engine/process/watchdogWorker.ts',
    outfile: 'dist/watchdogWorker.cjs',
    format: 'cjs',
    external: [],
    forbidden: ['src/host/', 'src/supervisor/', 'src/cli', 'src/build/', 'vscode', 'onnxruntime-node'],
  },
  {
    entry: 'src/cli.ts',
    outfile: 'dist/cli.js',
    format: 'esm',
    external: [],
    forbidden: [
      'src/host/',
      'src/engine/',
      'src/build/',
      'src/extension.ts',
      'vscode',
      'onnxruntime-node',
      '@huggingface/',
      '@xenova/',
      'js-tiktoken',
    ],
  },
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
    .filter((path) => !path.startsWith('node:') && !isBuiltin(path) && !bundle.external.includes(path));
  return [
    ...inputs.map((input) => `${bundle.outfile} must not contain ${input}.`),
    ...imports.map((path) => `${bundle.outfile} must not import ${path} at run time.`),
  ];
}

/**
 * @param {string} input Path of a file in the bundle.
 * @param {string} rule Beginning of a path below `src`, a package name, or a scope such as `@huggingface/`.
 */
function matches(input, rule) {
  if (rule.startsWith('src/')) return input.startsWith(rule);
  return input.includes(`node_modules/${rule.endsWith('/') ? rule : `${rule}/`}`);
}
