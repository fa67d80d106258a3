import type { Node } from '@vscode/tree-sitter-wasm';
import { firstParagraph, isDescription } from './docText.js';
import type { FunctionRules } from './functionRules.js';
import type { Grammar } from './grammars.js';

/** A function and what its documentation says first. */
export interface DocumentedFunction {
  readonly name: string;
  readonly description: string;
  /** The function from its first word to its end, without the docstring; indented as if it stood alone. */
  readonly code: string;
  /** Where it stands in the file, in UTF-16 units; a docstring is inside. */
  readonly start: number;
  readonly end: number;
}

/** Least and most lines that are not blank, and most UTF-16 units, of a function. */
const limits = { leastLines: 3, mostLines: 150, mostLength: 6_000 };
const testPath = /(?:^|[/._-])(?:tests?|specs?|testing|__tests__|benchmarks?|bench|e2e|mocks?)(?:[/._-]|$)/i;
/** Tests, and functions that every class has: their documentation tells nothing that finds them. */
const skippedName =
  /^_*tests?(?:_|[A-Z]|$)|^__\w+__$|^constructor$|^(?:toString|hashCode|equals|ToString|GetHashCode|Equals)$/;
/** Longest file that is parsed, UTF-16 units. */
const longestFile = 200_000;

/** True for a file whose functions are no tests. */
export function mayHoldPairs(path: string): boolean {
  return !testPath.test(path);
}

/** The functions of a file that are documented in English or Korean, in their order. */
export function documentedFunctions(text: string, grammar: Grammar): readonly DocumentedFunction[] {
  if (text.length > longestFile) return [];
  const tree = grammar.parser.parse(text);
  if (tree === null) return [];
  try {
    const found: DocumentedFunction[] = [];
    for (const { captures } of grammar.functions.matches(tree.rootNode)) {
      const node = (name: string): Node | undefined => captures.find((capture) => capture.name === name)?.node;
      const documented = read(text, node('function')!, node('name')!.text, node('doc'), grammar);
      if (documented !== undefined) found.push(documented);
    }
    return found;
  } finally {
    tree.delete();
  }
}

function read(
  text: string,
  node: Node,
  name: string,
  docstring: Node | undefined,
  { rules }: Grammar,
): DocumentedFunction | undefined {
  if (skippedName.test(name)) return undefined;
  const raw = docstring?.text ?? (rules.docComment && commentBefore(text, node, rules, rules.docComment));
  if (raw === undefined) return undefined;
  const description = withoutOwnName(firstParagraph(raw), name);
  if (!isDescription(description)) return undefined;
  const whole = text.slice(node.startIndex, node.endIndex);
  const code =
    docstring === undefined
      ? whole
      : text.slice(node.startIndex, docstring.startIndex).trimEnd() + text.slice(docstring.endIndex, node.endIndex);
  const lines = code.split('\n').filter((line) => line.trim() !== '').length;
  if (lines < limits.leastLines || lines > limits.mostLines || code.length > limits.mostLength) return undefined;
  const line = text.slice(text.lastIndexOf('\n', node.startIndex - 1) + 1, node.startIndex);
  const columns = line.length - line.trimStart().length;
  return { name, description, code: outdent(code, columns), start: node.startIndex, end: node.endIndex };
}

/** Go's descriptions begin with the function's name, which would find it without understanding anything. */
function withoutOwnName(description: string, name: string): string {
  const rest = description.slice(name.length);
  return description.startsWith(name) && /^(?:\(\))?\s/.test(rest) ? rest.replace(/^\(\)/, '').trim() : description;
}

/** The comment or the row of line comments right in front of a function; undefined when it documents nothing. */
function commentBefore(text: string, node: Node, rules: FunctionRules, docComment: RegExp): string | undefined {
  let next = outermost(node, rules.wrappers);
  const parts: string[] = [];
  for (let before = next.previousSibling; before !== null; before = before.previousSibling) {
    const isDocumentation = before.type.includes('comment') && docComment.test(before.text);
    const isPassed = parts.length === 0 && rules.between?.test(before.type) === true;
    if (!isDocumentation && !isPassed) break;
    if (/\n\s*\n/.test(text.slice(before.endIndex, next.startIndex))) break;
    if (isDocumentation) parts.unshift(before.text.trimEnd());
    if (before.text.startsWith('/*')) break;
    next = before;
  }
  return parts.length === 0 ? undefined : parts.join('\n');
}

function outermost(node: Node, wrappers: RegExp | undefined): Node {
  const { parent } = node;
  return parent !== null && wrappers?.test(parent.type) === true ? outermost(parent, wrappers) : node;
}

function outdent(code: string, columns: number): string {
  return code
    .split('\n')
    .map((line, index) => (index === 0 ? line : line.replace(new RegExp(`^[ \\t]{0,${columns}}`), '')))
    .join('\n')
    .trimEnd();
}
