import type { CodeLine } from './codeLines.js';

/** Parameters that go over more lines than this, or more text, are not read to their end. Own choices. */
const mostLines = 24;
const mostLength = 2_000;

/** How a line begins that stands below a closed list of parameters. */
const goesOn = /^(?:[{:)]|=>|->|(?:where|throws|const|noexcept|override)\b)/;

/** The code of a header with the lines below it, on one line, up to where a body or the end of a statement follows. */
export function readSignature(lines: readonly CodeLine[], header: number): string {
  let signature = '';
  let depth = 0;
  for (let line = header; line < lines.length && line < header + mostLines; line++) {
    const { code, role } = lines[line]!;
    if (role === 'aside') break;
    signature += (signature === '' ? '' : ' ') + code;
    depth += depthChange(code);
    if (signature.length > mostLength) return signature.slice(0, mostLength);
    const next = lines[line + 1]?.code ?? '';
    if (depth <= 0 && (/[{;]$/.test(code) || (!/(?:=>|[,=])$/.test(code) && !goesOn.test(next)))) break;
  }
  return signature;
}

function depthChange(code: string): number {
  let change = 0;
  for (const bracket of code.match(/[()]/g) ?? []) change += bracket === '(' ? 1 : -1;
  return change;
}

/** Where the bracket that opens at `start` is closed; undefined when it is not. */
export function closingBracket(text: string, start: number): number | undefined {
  let depth = 0;
  for (let at = start; at < text.length; at++) {
    const character = text[at]!;
    if ('([{'.includes(character)) depth++;
    else if (')]}'.includes(character) && --depth === 0) return at;
  }
  return undefined;
}
