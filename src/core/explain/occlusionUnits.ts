import type { FittedPrompt } from '../prompt/fittedPrompt.js';

/** A part of a prompt that can be left out. */
export type OccludedPart = 'path' | 'chunk' | 'prefix' | 'suffix';

/**
 * What is left out of a prompt in one run, half-open. Of the prefix: lines of the document. Of the suffix: 0 is the rest
 * of the cursor's line, 1 the line below, and so on. Of the chunks: their index. Of the path: [0, 1).
 */
export interface OcclusionUnit {
  readonly part: OccludedPart;
  readonly start: number;
  readonly end: number;
}

/**
 * Everything that can be left out, each line of prefix and suffix on its own, in the order in which it is best measured:
 * the suffix from the cursor on, the prefix from the cursor back, the chunks, the path. Blank lines go with the line above
 * them (at the start of a part with the line below).
 *
 * @param keptSuffixLength UTF-16 units of the suffix that the model got; the line that is cut there is the last.
 */
export function occlusionUnits(fitted: FittedPrompt, keptSuffixLength: number): readonly OcclusionUnit[] {
  const { path, chunks, prefix, prefixStartLine, suffix } = fitted;
  const prefixLines = linesOf(prefix);
  const suffixLines = suffix.split('\n');
  const keptLines = suffix.slice(0, keptSuffixLength).split('\n').length;
  const after = visibleStretches(suffixLines.slice(0, keptLines), suffixLines[0] === '' ? 1 : 0).map(
    ({ start, end }) => ({
      ...({ part: 'suffix', start } as const),
      // What comes after the last line that the model got a part of was cut, so it goes with it.
      end: end === keptLines ? suffixLines.length : end,
    }),
  );
  const before = visibleStretches(prefixLines, 0).map(({ start, end }) => ({
    ...({ part: 'prefix', start: prefixStartLine + start, end: prefixStartLine + end } as const),
  }));
  const others = chunks.map((_, index) => ({ part: 'chunk', start: index, end: index + 1 }) as const);
  return [
    ...after,
    ...before.reverse(),
    ...others.reverse(),
    ...(path === '' ? [] : [{ part: 'path', start: 0, end: 1 } as const]),
  ];
}

/** The prompt without a unit. Nothing that had been cut comes in for it. */
export function withoutUnit(fitted: FittedPrompt, { part, start, end }: OcclusionUnit): FittedPrompt {
  if (part === 'path') return { ...fitted, path: '' };
  if (part === 'chunk') {
    return { ...fitted, chunks: fitted.chunks.filter((_, index) => index < start || index >= end) };
  }
  if (part === 'prefix') {
    const lines = linesOf(fitted.prefix).map((line) => `${line}\n`);
    const before = lines.slice(0, start - fitted.prefixStartLine).join('');
    const removed = lines.slice(start - fitted.prefixStartLine, end - fitted.prefixStartLine).join('');
    const removedFar = Math.min(removed.length, Math.max(0, fitted.nearStart - before.length));
    return {
      ...fitted,
      prefix: before + fitted.prefix.slice(before.length + removed.length),
      nearStart: fitted.nearStart - removedFar,
    };
  }
  const lines = fitted.suffix.split('\n');
  const below = lines.slice(Math.max(1, end)).map((line) => `\n${line}`);
  const between = lines.slice(1, Math.max(1, start)).map((line) => `\n${line}`);
  const rest = start === 0 ? '' : lines[0]!;
  return {
    ...fitted,
    suffix: rest + between.join('') + below.join(''),
    suffixDroppedTokens: end >= lines.length ? 0 : fitted.suffixDroppedTokens,
  };
}

/** The text of a unit, for lists. */
export function unitText(
  fitted: Pick<FittedPrompt, 'path' | 'chunks' | 'prefix' | 'prefixStartLine' | 'suffix'>,
  unit: OcclusionUnit,
): string {
  const { part, start, end } = unit;
  if (part === 'path') return fitted.path;
  if (part === 'chunk') return fitted.chunks[start]?.path ?? '';
  const [lines, first] =
    part === 'prefix' ? [linesOf(fitted.prefix), start - fitted.prefixStartLine] : [fitted.suffix.split('\n'), start];
  return lines
    .slice(first, first + end - start)
    .join('\n')
    .trimEnd();
}

/** Lines of a text of whole lines. */
function linesOf(text: string): string[] {
  return text === '' ? [] : text.replace(/\n$/, '').split('\n');
}

/** Each line from `from` on with something visible, with the blank lines after it; the first with those before it too. */
function visibleStretches(lines: readonly string[], from: number): { readonly start: number; readonly end: number }[] {
  const starts = lines.flatMap((line, index) => (index < from || line.trim() === '' ? [] : [index]));
  return starts.map((start, index) => ({
    start: index === 0 ? from : start,
    end: starts[index + 1] ?? lines.length,
  }));
}

/**
 * Lines of the document that a unit is on, numbered as in the request, half-open; undefined for path and chunks.
 *
 * @param cursorLine line of the cursor in the request.
 */
export function unitLines(
  { part, start, end }: OcclusionUnit,
  cursorLine: number,
): { readonly start: number; readonly end: number } | undefined {
  if (part === 'prefix') return { start, end };
  if (part === 'suffix') return { start: cursorLine + start, end: cursorLine + end };
  return undefined;
}
