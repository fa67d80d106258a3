import { readFile } from 'node:fs/promises';
import { GlassboxError } from '../core/errors.js';

/** Names standard input where a file is expected. */
export const standardInput = '-';

const reasons: Readonly<Record<string, string>> = {
  ENOENT: 'does not exist',
  EISDIR: 'is a folder',
  EACCES: 'may not be read',
  EPERM: 'may not be read',
};

/** All of a stream's bytes. */
export async function readAll(input: AsyncIterable<Uint8Array>): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of input) chunks.push(chunk);
  return Buffer.concat(chunks);
}

/**
 * UTF-8 bytes as text. A byte order mark is dropped, as editors do, so that offsets and columns agree with theirs.
 *
 * @throws GlassboxError `file-unreadable` when the bytes are not text (a NUL, or not UTF-8).
 */
export function decodeText(bytes: Uint8Array, name: string): string {
  if (bytes.includes(0)) {
    throw new GlassboxError('file-unreadable', `${name} is a binary file.`, { action: 'Name a text file in UTF-8.' });
  }
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch (error) {
    throw new GlassboxError('file-unreadable', `${name} is not UTF-8 text.`, {
      action: 'Convert it first, for instance with iconv -t UTF-8.',
      cause: error,
    });
  }
}

/**
 * The text of a file, or of standard input when `path` is `-`.
 *
 * @throws GlassboxError `file-unreadable` when it is missing, a folder, not readable or not text.
 */
export async function readInputText(path: string, input: AsyncIterable<Uint8Array>): Promise<string> {
  if (path === standardInput) return decodeText(await readAll(input), 'standard input');
  return decodeText(await readFile(path).catch((error: unknown) => Promise.reject(unreadable(path, error))), path);
}

/** Says in words why a file cannot be read. */
export function unreadable(path: string, error: unknown): GlassboxError {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  return new GlassboxError('file-unreadable', `${path} ${reasons[code] ?? `cannot be read (${code})`}.`, {
    action: 'Check the path.',
    cause: error,
  });
}
