import type { CodeBlock } from './codeBlock.js';

/** Lines of a document. */
interface Lines {
  readonly lineCount: number;
  /** Text of a line without its line end. */
  readonly lineAt: (line: number) => string;
}

/** Where a block stands in a document; lines, half-open. */
export interface BlockPlace {
  readonly start: number;
  readonly end: number;
}

/**
 * Where a block is now, in a document that may have been edited since it was read: where its signature stands nearest to
 * where it stood. A block whose signature is gone is where it was, as far as the document goes.
 */
export function relocateBlock(document: Lines, { signature, headerLine, start, end }: CodeBlock): BlockPlace {
  const shift = (nearestLine(document, signature, headerLine) ?? headerLine) - headerLine;
  const last = Math.max(0, document.lineCount - 1);
  const first = Math.min(Math.max(0, start + shift), last);
  return { start: first, end: Math.min(Math.max(first + 1, end + shift), document.lineCount) };
}

function nearestLine({ lineCount, lineAt }: Lines, signature: string, expected: number): number | undefined {
  for (let distance = 0; distance <= Math.max(expected, lineCount - expected); distance++) {
    for (const line of [expected - distance, expected + distance]) {
      if (line >= 0 && line < lineCount && lineAt(line).trim().startsWith(signature)) return line;
    }
  }
  return undefined;
}
