import type { CodeLine } from './codeLines.js';

const closer = /^(?:[}\])]|(?:end|fi|done|esac)\b)/;
const decoration = /^(?:@|#!?\[|\[[^\]]*\]$|template\b|(?:[A-Za-z_]\w*[\s*&]+)*[A-Za-z_]\w*[\s*&]*$)/;
/** Words that stand alone on a line without belonging to the definition below. */
const standsAlone = /^(?:else|do|try|finally|begin|end|pass|break|continue|return|default|then|fi|done|loop|unsafe)\b/;

/** Lines of comments and decorations above a definition that belong to it, at most. */
const mostLeadLines = 60;

/**
 * The line after the last one of what begins at a header: all lines that are indented more, with the brackets that close
 * them, and with a body in brackets that begins below the header. Blank lines and comments at the end are left out.
 */
export function endOfBlock(lines: readonly CodeLine[], header: number): number {
  const { indent } = lines[header]!;
  let end = header + 1;
  let isOpen = lines[header]!.code.includes('{');
  for (let line = header + 1; line < lines.length; line++) {
    const { role, code, indent: own } = lines[line]!;
    if (role === 'rest') end = line + 1;
    if (role !== 'code') continue;
    if (own <= indent && closer.test(code)) {
      if (!goesOn(lines, line, indent)) return line + 1;
    } else if (own <= indent && (isOpen || !code.startsWith('{'))) {
      return end;
    }
    isOpen ||= code.includes('{');
    end = line + 1;
  }
  return end;
}

/** True when what closes parameters opens a body: on the same line, or on the next. */
function goesOn(lines: readonly CodeLine[], line: number, indent: number): boolean {
  if (/(?:[{([:=]|=>|->)$/.test(lines[line]!.code)) return true;
  const next = lines.slice(line + 1, line + 4).find(({ role }) => role === 'code');
  if (next === undefined || lines[line]!.code.startsWith('}')) return false;
  return next.indent > indent || (next.indent === indent && next.code.startsWith('{'));
}

/**
 * The first line of the comments, decorators, attributes and return types right above a header.
 *
 * @param first The lines before this one belong to something else.
 */
export function startOfLead(lines: readonly CodeLine[], header: number, first: number): number {
  let start = header;
  const least = Math.max(first, header - mostLeadLines);
  while (start > least && leads(lines[start - 1]!, lines[header]!)) start--;
  return start;
}

function leads({ role, code, indent }: CodeLine, header: CodeLine): boolean {
  if (role === 'comment') return true;
  if (role !== 'code' || indent !== header.indent) return false;
  return decoration.test(code) && !standsAlone.test(code);
}
