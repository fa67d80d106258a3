import type { CodeLine } from './codeLines.js';
import { closingBracket, readSignature } from './signature.js';

/** What a block of code is: a function or method, a type with its members, a constant, or statements outside of them. */
export type BlockKind = 'function' | 'type' | 'value' | 'statements';

/** What a line begins to define. */
export interface Definition {
  readonly kind: BlockKind;
  readonly name: string;
}

const modifiers =
  '(?:(?:export|default|declare|public|private|protected|internal|fileprivate|static|final|abstract|async|override|virtual|' +
  'sealed|readonly|partial|unsafe|extern|inline|constexpr|synchronized|open|local|data|inner|companion|suspend|' +
  String.raw`pub(?:\([^)]*\))?|const(?=\s+(?:fn|unsafe|async|extern)\b))\s+|"[^"]*"\s+)*`;
const name = String.raw`[\p{L}_$~#][\p{L}\d_$.:?!]*`;

const functionWord = new RegExp(
  String.raw`^${modifiers}(?:function\b\s*\*?|fn\b|func\b|def\b|fun\b|sub\b)\s*(?:\([^)]*\)\s*)?(?:<[^>]*>\s*)?(${name})?\s*(?:[<({:[]|$)`,
  'u',
);
const typeWord = new RegExp(
  String.raw`^${modifiers}(?:(?:enum|annotation|record|value)\s+)?(class|interface|struct|enum|trait|protocol|record|object|union|type|extension|actor)\s+(${name})`,
  'u',
);
const implementation = new RegExp(String.raw`^(?:unsafe\s+)?impl\b(?:<[^{]*?>(?=\s))?\s*([^{]+)`, 'u');
const functionOfType = /^(?:struct|enum|union|class)\s+\w+[\s*&]+\w+\s*\(/;
const plainName = String.raw`[\p{L}_$#][\p{L}\d_$.]*`;
const assignedName = new RegExp(
  String.raw`^${modifiers}(?:(?:const|let|var|val|auto)\s+)?(${plainName}|"[^"]*"|'[^']*')[?!]?\s*(?=[:=])`,
  'u',
);
const assignment = /^(?::(?!:).*?)?(?<![=!<>])=(?![=>])\s*(.*)$/;
const topLevelValue = new RegExp(
  String.raw`^(?:[\p{L}\d_$<>[\],.*&:"'|()?\s-]*\s)??(${plainName})(?:\[[^\]]*\])*\s*(?::(?![:=])[^=]+)?=(?![=>]).*[{([=]$`,
  'u',
);

/** UTF-16 units. Longer lines are data, and the patterns take time in the square of the length. */
const longestHeader = 2_000;

/**
 * What the line begins to define, by its words and brackets alone; undefined for everything else. Strings and comments are
 * not looked at.
 */
export function definitionAt(lines: readonly CodeLine[], index: number): Definition | undefined {
  const line = lines[index]!;
  if (line.role !== 'code' || line.code.length > longestHeader || /^[})\]@.,;?&|]/.test(line.code)) return undefined;
  const signature = readSignature(lines, index);
  return (
    functionBy(line.code) ??
    typeBy(line.code) ??
    functionValue(signature) ??
    methodBy(signature) ??
    (line.indent === 0 ? valueBy(line.code) : undefined)
  );
}

function functionBy(code: string): Definition | undefined {
  const found = functionWord.exec(code);
  if (found === null) return undefined;
  return { kind: 'function', name: found[1] ?? 'function' };
}

function typeBy(code: string): Definition | undefined {
  const target = implementation.exec(code)?.[1];
  if (target !== undefined) return { kind: 'type', name: target.trim() };
  const found = functionOfType.test(code) ? undefined : typeWord.exec(code)?.[2];
  return found === undefined || /;$/.test(code) ? undefined : { kind: 'type', name: found.replace(/:$/, '') };
}

/** `name = function`, `name: (a) => b`, and the like. */
function functionValue(signature: string): Definition | undefined {
  const found = assignedName.exec(signature);
  if (found === null) return undefined;
  const rest = signature.slice(found[0].length);
  const property = /^:(?!:)\s*(.*)$/.exec(rest)?.[1];
  const isMember = property !== undefined && !signature.endsWith(';') && isFunction(property);
  const value = assignment.exec(rest)?.[1];
  if (!isMember && (value === undefined || !isFunction(value))) return undefined;
  return { kind: 'function', name: found[1]!.replaceAll(/^["']|["']$/g, '') };
}

function isFunction(value: string): boolean {
  const body = value.replace(/^async\b\s*/, '');
  return /^function\b/.test(body) || /^[\p{L}_$][\p{L}\d_$]*\s*=>/u.test(body) || isArrow(body);
}

function isArrow(value: string): boolean {
  const open = /^(?:<[^()]*>\s*)?\(/.exec(value);
  if (open === null) return false;
  const close = closingBracket(value, open[0].length - 1);
  return close !== undefined && /^\s*(?::[^;{}]*?|:\s*\{[^{}]*\}\s*)?=>/.test(value.slice(close + 1));
}

/** Words that stand before brackets and define nothing. */
const statementWords = new Set(
  'if for while switch catch with using lock foreach match when until unless return sizeof assert elif guard select loop synchronized await new throw else do try super print case defer go'.split(
    ' ',
  ),
);
const notAType = /\b(?:return|new|await|throw|else|yield|case|in|of|not|and|or|if|while|for|switch|do|delete|typeof)\b/;
const named = /^((?:[\w$<>[\],.*&:?~@"#\s-]*[\s*&>:\]#])?)(~?[A-Za-z_$][\w$]*)\s*(?:<[^<>()]*>\s*)?\(/;
/** Nothing is repeated that holds a repetition of its own: such a pattern can take for ever. */
const tail =
  /^\s*(?:(?:const|noexcept|override|final|async|mut)\b\s*)*(?:throws\b[\w.,\s<>]*)?(?:where\s[^{]*|->\s*[^{;=]+(?:where\s[^{]*)?|:\s*[^{;]+(?:\{[^{}]*\}[^{;]*)?)?\{/;

/** `type name(parameters) {`, with any type or none. */
function methodBy(signature: string): Definition | undefined {
  const found = named.exec(signature);
  if (found === null) return undefined;
  const [whole, before, word] = found as unknown as [string, string, string];
  if (statementWords.has(word) || notAType.test(before)) return undefined;
  const close = closingBracket(signature, whole.length - 1);
  if (close === undefined) return undefined;
  const rest = signature.slice(close + 1);
  const isExpression = before.trim() !== '' && /^\s*=>/.test(rest);
  return isExpression || tail.test(rest) ? { kind: 'function', name: word } : undefined;
}

function valueBy(code: string): Definition | undefined {
  const declared = /\b(?:const|let|var|val)\s+([\p{L}_$][\p{L}\d_$]*)[^=]*=(?![=>]).*[{([=]$/u.exec(code)?.[1];
  const found = declared ?? topLevelValue.exec(code)?.[1];
  return found === undefined ? undefined : { kind: 'value', name: found };
}
