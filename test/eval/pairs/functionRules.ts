/** How the functions of a language and what documents them stand in its syntax tree. */
export interface FunctionRules {
  /** Name of the tree-sitter grammar. */
  readonly grammar: string;
  /** Captures every function with a body as `function`, its name as `name`, and a docstring inside it as `doc`. */
  readonly query: string;
  /** A comment in front of a function that documents it; none where a docstring inside does. */
  readonly docComment?: RegExp;
  /** Nodes that may stand between a comment and its function. */
  readonly between?: RegExp;
  /** Nodes around a function that begin where it does, so that the comment stands in front of them. */
  readonly wrappers?: RegExp;
}

const functionValue = 'value: [(arrow_function) (function_expression)]';

const javascript: FunctionRules = {
  grammar: 'javascript',
  query: `
    (function_declaration name: (_) @name) @function
    (generator_function_declaration name: (_) @name) @function
    (method_definition name: (_) @name) @function
    (field_definition property: (_) @name ${functionValue}) @function
    (lexical_declaration . (variable_declarator name: (identifier) @name ${functionValue}) .) @function
    (expression_statement (assignment_expression left: (member_expression property: (_) @name)
      right: [(arrow_function) (function_expression)])) @function`,
  docComment: /^\/\*\*/,
  wrappers: /^export_statement$/,
};

const typescript: FunctionRules = {
  ...javascript,
  grammar: 'typescript',
  query: javascript.query.replace('field_definition property', 'public_field_definition name'),
  between: /^decorator$/,
};

const cpp: FunctionRules = {
  grammar: 'cpp',
  query: `(function_definition declarator: [
      (function_declarator declarator: (_) @name)
      (pointer_declarator declarator: (function_declarator declarator: (_) @name))
      (reference_declarator (function_declarator declarator: (_) @name))]
    body: (compound_statement)) @function`,
  docComment: /^(?:\/\*[*!]|\/\/[/!])/,
  wrappers: /^template_declaration$/,
};

/** By VS Code language id. */
export const functionRules: Readonly<Record<string, FunctionRules>> = {
  python: {
    grammar: 'python',
    query: `(function_definition name: (_) @name body: (block . (expression_statement . (string) @doc .))) @function`,
  },
  javascript,
  javascriptreact: javascript,
  typescript,
  typescriptreact: { ...typescript, grammar: 'tsx' },
  java: {
    grammar: 'java',
    query: `(method_declaration name: (_) @name body: (block)) @function`,
    docComment: /^\/\*\*/,
  },
  csharp: {
    grammar: 'c-sharp',
    query: `(method_declaration name: (_) @name body: (_)) @function (local_function_statement name: (_) @name body: (_)) @function`,
    docComment: /^\/\/\//,
  },
  go: {
    grammar: 'go',
    query: `(function_declaration name: (_) @name body: (_)) @function (method_declaration name: (_) @name body: (_)) @function`,
    docComment: /^\/\//,
  },
  rust: {
    grammar: 'rust',
    query: `(function_item name: (_) @name body: (_)) @function`,
    docComment: /^(?:\/\/\/|\/\*\*)/,
    between: /^attribute_item$/,
  },
  c: cpp,
  cpp,
};
