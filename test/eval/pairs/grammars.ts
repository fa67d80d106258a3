import treeSitter, { type Language, type Parser, type Query } from '@vscode/tree-sitter-wasm';
import { createRequire } from 'node:module';
import path from 'node:path';
import { functionRules, type FunctionRules } from './functionRules.js';

/** What finds the functions of one language. */
export interface Grammar {
  readonly parser: Parser;
  /** Captures every function as `function`. */
  readonly functions: Query;
  /** Captures every comment. */
  readonly comments: Query;
  readonly rules: FunctionRules;
}

const folder = path.dirname(createRequire(import.meta.url).resolve('@vscode/tree-sitter-wasm'));

/** Parsers by VS Code language id, for every language of {@link functionRules}. */
export async function loadGrammars(): Promise<ReadonlyMap<string, Grammar>> {
  await treeSitter.Parser.init({ locateFile: (file: string) => path.join(folder, file) });
  const languages = new Map<string, Language>();
  const grammars = new Map<string, Grammar>();
  for (const [languageId, rules] of Object.entries(functionRules)) {
    const language = languages.get(rules.grammar) ?? (await loadLanguage(rules.grammar));
    languages.set(rules.grammar, language);
    const parser = new treeSitter.Parser();
    parser.setLanguage(language);
    const commentTypes = [...new Set(language.types)].filter((type) => /^(?:line_|block_)?comment$/.test(type));
    grammars.set(languageId, {
      parser,
      functions: new treeSitter.Query(language, rules.query),
      comments: new treeSitter.Query(language, `[${commentTypes.map((type) => `(${type})`).join(' ')}] @comment`),
      rules,
    });
  }
  return grammars;
}

async function loadLanguage(grammar: string): Promise<Language> {
  return treeSitter.Language.load(path.join(folder, `tree-sitter-${grammar}.wasm`));
}
