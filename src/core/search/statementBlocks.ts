import { blockText, type LineStretch } from './blockText.js';
import { signatureOf, type CutBlock, type PlacedDefinition } from './codeBlock.js';
import type { CodeLine } from './codeLines.js';
import { splitLong } from './splitLong.js';

/** Lines of code that are worth finding outside of a definition, at least. Own choice. */
const leastLines = 4;
const imported =
  /^(?:import|export\s+(?:\*|\{)|from|use|using|#\s*include|include|require|package|module|mod|namespace)\b/;

/** Blocks of what stands outside of the definitions of a file; imports and a few lines alone are left out. */
export function statementBlocks(
  lines: readonly CodeLine[],
  definitions: readonly PlacedDefinition[],
): readonly CutBlock[] {
  return between(definitions, lines.length).flatMap((stretch) => blocksIn(lines, stretch));
}

function between(definitions: readonly PlacedDefinition[], end: number): readonly LineStretch[] {
  const stretches: LineStretch[] = [];
  let start = 0;
  for (const { lead, end: next } of definitions) {
    stretches.push({ start, end: lead });
    start = next;
  }
  return [...stretches, { start, end }];
}

function blocksIn(lines: readonly CodeLine[], stretch: LineStretch): readonly CutBlock[] {
  const { start, end } = withoutEnds(lines, stretch);
  return splitLong(lines, start, end).flatMap((part): CutBlock[] => {
    const own = withoutEnds(lines, part);
    const code = lines.slice(own.start, own.end).filter((line) => isStatement(line));
    if (code.length < leastLines) return [];
    const header = lines.findIndex((line, index) => index >= own.start && isStatement(line));
    const text = blockText(lines, [own], { start: own.start, end: own.start });
    return [{ kind: 'statements', name: '', signature: signatureOf(lines[header]!), headerLine: header, ...own, text }];
  });
}

/** The stretch from its first statement to its last. */
function withoutEnds(lines: readonly CodeLine[], { start, end }: LineStretch): LineStretch {
  let first = start;
  let last = end;
  while (first < last && !isStatement(lines[first]!)) first++;
  while (last > first && lines[last - 1]!.role !== 'code') last--;
  return { start: first, end: last };
}

function isStatement({ role, code }: CodeLine): boolean {
  return role === 'code' && code.length > 2 && !imported.test(code);
}
