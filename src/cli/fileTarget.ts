import type { TextPosition } from '../core/completion/documentSnapshot.js';
import { GlassboxError } from '../core/errors.js';

/** A place in a file as the user wrote it. */
export interface FileTarget {
  readonly path: string;
  /** 0-based, as everywhere but on the command line. */
  readonly position: TextPosition;
}

const targetPattern = /^(?<path>.+):(?<line>\d{1,9}):(?<column>\d{1,9})$/s;

/**
 * Reads `FILE:LINE:COL`. Line and column are 1-based, the column counts UTF-16 units; the path may hold colons itself
 * (`C:\src\a.ts:3:1`), since the last two numbers are the place.
 *
 * @throws GlassboxError `bad-request` for anything else.
 */
export function parseFileTarget(text: string): FileTarget {
  const { path, line, column } = targetPattern.exec(text)?.groups ?? {};
  if (path === undefined || line === undefined || column === undefined || Number(line) < 1 || Number(column) < 1) {
    throw new GlassboxError('bad-request', `"${text}" is not FILE:LINE:COL.`, {
      action: 'Write the file, then line and column counted from 1, for instance src/app.ts:12:5.',
    });
  }
  return { path, position: { line: Number(line) - 1, character: Number(column) - 1 } };
}
