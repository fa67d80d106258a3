import { endOfBlock, startOfLead } from './blockExtent.js';
import { blockText, type LineStretch } from './blockText.js';
import { signatureOf, type CutBlock, type PlacedDefinition } from './codeBlock.js';
import { codeLines, type CodeLine } from './codeLines.js';
import { definitionAt } from './definitions.js';
import { splitLong } from './splitLong.js';
import { statementBlocks } from './statementBlocks.js';

/** Lines of a file that are looked at, and blocks that are taken of it. Own choices: beyond them stands what was generated. */
const limits = { lines: 20_000, blocks: 2_000 };
/** UTF-16 units of code that a definition has at least: shorter ones only hand on what others do. Own choice. */
const leastLength = 40;
/** Lines that a function inside a function has at least. As in the encoder's training. */
const leastInnerLines = 3;

/**
 * Cuts a file into blocks: functions, methods, types with an outline of their members, constants over several lines, and
 * what stands outside of them. Works in every language that marks what belongs together by indentation or by brackets and
 * is written the usual way; a parser would find more, and need one for each language.
 *
 * @param text with any line ends.
 * @returns In the order of their first lines, an outer block before what is in it. A long one comes in parts.
 */
export function cutBlocks(text: string): readonly CutBlock[] {
  const lines = codeLines(text.replaceAll(/\r\n?/g, '\n')).slice(0, limits.lines);
  const definitions = placeDefinitions(lines);
  const blocks = [...definitions.flatMap((placed) => blocksOf(lines, placed)), ...statementBlocks(lines, definitions)];
  return blocks.sort((one, other) => one.start - other.start || other.end - one.end).slice(0, limits.blocks);
}

function placeDefinitions(lines: readonly CodeLine[]): readonly PlacedDefinition[] {
  const outermost: PlacedDefinition[] = [];
  const around: PlacedDefinition[] = [];
  let last = 0;
  for (let header = 0; header < lines.length; header++) {
    while (around.length > 0 && around.at(-1)!.end <= header) last = Math.max(last, around.pop()!.end);
    const definition = definitionAt(lines, header);
    if (definition === undefined) continue;
    const parent = around.at(-1);
    const end = Math.min(endOfBlock(lines, header), parent?.end ?? lines.length);
    if (!isWorthIt(lines, { ...definition, header, end }, parent)) continue;
    const lead = startOfLead(lines, header, Math.max(last, parent === undefined ? 0 : parent.header + 1));
    const placed: PlacedDefinition = { ...definition, lead, header, end, members: [] };
    (parent?.members ?? outermost).push(placed);
    around.push(placed);
    last = header + 1;
  }
  return outermost;
}

function isWorthIt(
  lines: readonly CodeLine[],
  { kind, header, end }: Pick<PlacedDefinition, 'kind' | 'header' | 'end'>,
  parent: PlacedDefinition | undefined,
): boolean {
  const code = lines.slice(header, end).filter(({ role }) => role === 'code');
  if (code.length < leastInnerLines && (kind === 'value' || (parent !== undefined && parent.kind !== 'type')))
    return false;
  if (code.length === 1 && code[0]!.code.endsWith(';') && !/[{=]/.test(code[0]!.code)) return false;
  return code.reduce((sum, line) => sum + line.code.length, 0) >= leastLength;
}

function blocksOf(lines: readonly CodeLine[], placed: PlacedDefinition): CutBlock[] {
  const { kind, name, lead, header, end, members } = placed;
  const inner = members.flatMap((member) => blocksOf(lines, member));
  const described = { kind, name, signature: signatureOf(lines[header]!), headerLine: header };
  const comment = { start: lead, end: header };
  if (kind === 'type') {
    const text = blockText(lines, outline(placed), comment);
    return [{ ...described, start: lead, end, text }, ...inner];
  }
  const parts = splitLong(lines, header, end).map(({ start, end: partEnd }, index) => {
    const part = { start, end: partEnd };
    const code = index === 0 ? [part] : [{ start: header, end: header + 1 }, part];
    return { ...described, start: index === 0 ? lead : start, end: partEnd, text: blockText(lines, code, comment) };
  });
  return [...parts, ...inner];
}

/** A type without the bodies of what is defined in it, which are blocks of their own. */
function outline({ header, end, members }: PlacedDefinition): readonly LineStretch[] {
  const stretches: LineStretch[] = [];
  let start = header;
  for (const member of members) {
    stretches.push({ start, end: member.header + 1 });
    start = member.end;
  }
  return [...stretches, { start, end }];
}
