import path from 'node:path';
import js from '@eslint/js';
import { createTypeScriptImportResolver } from 'eslint-import-resolver-typescript';
import importX from 'eslint-plugin-import-x';
import jsdoc from 'eslint-plugin-jsdoc';
import { defineConfig } from 'eslint/config';
import tseslint from 'typescript-eslint';
import { layerZones, packageRules } from './lint/layerRules.mjs';
import { coreRules, shippedRules } from './lint/shippedRules.mjs';

const shipped = { files: ['src/**/*.ts', 'webview/**/*.ts'], ignores: ['src/build/**'] };

/** Rules that hold in every file of the repository. @type {import('eslint').Linter.RulesRecord} */
const everywhere = {
  '@typescript-eslint/consistent-type-imports': 'error',
  '@typescript-eslint/explicit-module-boundary-types': 'error',
  '@typescript-eslint/no-explicit-any': 'error',
  '@typescript-eslint/no-floating-promises': 'error',
  '@typescript-eslint/no-misused-promises': 'error',
  '@typescript-eslint/no-confusing-void-expression': ['error', { ignoreArrowShorthand: true }],
  '@typescript-eslint/no-unnecessary-condition': ['error', { allowConstantLoopConditions: 'only-allowed-literals' }],
  // With noUncheckedIndexedAccess, `!` is how a loop says that its index is in range.
  '@typescript-eslint/no-non-null-assertion': 'off',
  // An async function without await turns what it throws into a rejection, as its callers expect.
  '@typescript-eslint/require-await': 'off',
  // A GlassboxError is known by its code: it crosses processes, where instanceof fails.
  '@typescript-eslint/no-unsafe-class-instance-assignment': 'off',
  '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true, allowBoolean: true }],
  '@typescript-eslint/switch-exhaustiveness-check': ['error', { considerDefaultExhaustiveForUnions: true }],
  'import-x/no-cycle': 'error',
  'import-x/no-duplicates': ['error', { 'prefer-inline': true }],
  // A switch over a union counts once: it reads as a table.
  complexity: ['error', { max: 12, variant: 'modified' }],
  eqeqeq: 'error',
  // Control characters are named on purpose, where logs and prompts are cleaned of them.
  'no-control-regex': 'off',
  'max-lines': ['error', { max: 400, skipBlankLines: true, skipComments: true }],
  'max-lines-per-function': ['error', { max: 60, skipBlankLines: true, skipComments: true }],
  'max-params': ['error', 5],
};

/** Scripts are typed by JSDoc: the compiler knows their globals and signatures. @type {import('eslint').Linter.RulesRecord} */
const typedScript = {
  '@typescript-eslint/explicit-module-boundary-types': 'off',
  // These rules do not see the casts of JSDoc; the compiler does.
  '@typescript-eslint/no-unsafe-assignment': 'off',
  '@typescript-eslint/no-unsafe-return': 'off',
  'no-undef': 'off',
};

/** A docstring on every export: types and values alike. @type {import('eslint').Linter.RulesRecord} */
const docstrings = {
  'jsdoc/require-jsdoc': [
    'error',
    {
      publicOnly: { esm: true, cjs: false, window: false },
      require: { FunctionDeclaration: true, ClassDeclaration: true },
      contexts: ['ExportNamedDeclaration > VariableDeclaration', 'TSInterfaceDeclaration', 'TSTypeAliasDeclaration'],
      enableFixer: false,
    },
  ],
};

/**
 * The lint configuration of a source tree laid out like this repository.
 *
 * @param {string} root Absolute folder that holds `src`, `webview` and `test`.
 */
export function createLintConfig(root) {
  return defineConfig(
    { ignores: ['**/node_modules/', 'dist/', 'out/', 'coverage/', 'models/', 'test/fixtures/'] },
    js.configs.recommended,
    tseslint.configs.strictTypeChecked,
    {
      languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: root } },
      linterOptions: { reportUnusedDisableDirectives: 'error' },
      plugins: { 'import-x': importX, jsdoc },
      settings: {
        'import-x/parsers': { '@typescript-eslint/parser': ['.ts'] },
        'import-x/resolver-next': [createTypeScriptImportResolver({ project: path.join(root, 'tsconfig.json') })],
      },
      rules: everywhere,
    },
    {
      ...shipped,
      rules: {
        ...shippedRules,
        ...docstrings,
        'import-x/no-restricted-paths': ['error', { basePath: root, zones: layerZones() }],
      },
    },
    { files: ['src/core/**/*.ts'], rules: coreRules },
    ...packageRules(),
    { files: ['src/cli.ts', 'src/cli/**/*.ts'], rules: { 'no-console': 'off' } },
    { files: ['test/**'], rules: { 'max-lines-per-function': 'off' } },
    { files: ['**/*.mjs'], rules: { ...docstrings, ...typedScript } },
  );
}

export default createLintConfig(path.resolve(import.meta.dirname, '../..'));
