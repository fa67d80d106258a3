import { readdir, readFile, realpath, stat } from 'node:fs/promises';
import path from 'node:path';
import { GlassboxError, throwIfAborted } from '../../core/errors.js';
import type { ModelCard } from '../../core/model/modelCard.js';
import { hashBytes, hashFile } from './fileHash.js';

/** One entry of a card's file list. */
export type CardFile = ModelCard['files'][number];

const copyAgain = 'Copy the model folder again from where it came from.';

/**
 * Checks one file against its entry in the card.
 *
 * @param keep True to get the bytes that were hashed, so that what is used later is what was checked.
 * @returns The bytes when `keep`, otherwise undefined.
 * @throws GlassboxError `model-file-missing`, `model-hash-mismatch`, `file-unreadable` or `cancelled`.
 */
export async function checkModelFile(
  folder: string,
  file: CardFile,
  keep: boolean,
  signal: AbortSignal,
): Promise<Uint8Array | undefined> {
  const absolute = path.join(folder, file.path);
  const sizeBytes = await sizeOfContainedFile(folder, file.path);
  if (sizeBytes !== file.sizeBytes) {
    const relation = sizeBytes < file.sizeBytes ? 'truncated' : 'longer than it should be';
    const sizes = `${sizeBytes} bytes instead of ${file.sizeBytes}`;
    throw new GlassboxError('model-hash-mismatch', `The model file "${file.path}" is ${relation}: ${sizes}.`, {
      action: copyAgain,
    });
  }
  const { bytes, sha256 } = await hashOf(absolute, keep, signal).catch((error: unknown) => {
    throwIfAborted(signal);
    throw unreadable(file.path, error);
  });
  if (sha256 !== file.sha256) {
    throw new GlassboxError(
      'model-hash-mismatch',
      `The model file "${file.path}" is damaged or was changed: its SHA-256 is ${sha256}, the card says ${file.sha256}.`,
      { action: copyAgain },
    );
  }
  return bytes;
}

/** Files in the folder that the card does not name, with forward slashes; they are never opened. */
export async function unlistedFiles(folder: string, card: ModelCard, cardName: string): Promise<string[]> {
  const listed = new Set([cardName, ...card.files.map((file) => file.path)]);
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => !entry.isDirectory())
    .map((entry) => path.relative(folder, path.join(entry.parentPath, entry.name)).split(path.sep).join('/'))
    .filter((name) => !listed.has(name))
    .sort();
}

/**
 * Size of a file that must be a regular one and really inside the folder: a symbolic link could name any file of the
 * machine (CVE-2026-34447 was that in another ONNX reader).
 */
async function sizeOfContainedFile(folder: string, relative: string): Promise<number> {
  const absolute = path.join(folder, relative);
  try {
    const stats = await stat(absolute);
    const inside = (await realpath(absolute)).startsWith((await realpath(folder)) + path.sep);
    if (!stats.isFile() || !inside) {
      throw new GlassboxError(
        'file-unreadable',
        `The model file "${relative}" is not a regular file inside the model folder.`,
        { action: 'Copy the file itself into the model folder.' },
      );
    }
    return stats.size;
  } catch (error) {
    if (GlassboxError.is(error)) throw error;
    const code = (error as NodeJS.ErrnoException).code;
    if (code === 'ENOENT') {
      throw new GlassboxError('model-file-missing', `The model file "${relative}" is missing.`, { action: copyAgain });
    }
    throw unreadable(relative, error);
  }
}

async function hashOf(
  file: string,
  keep: boolean,
  signal: AbortSignal,
): Promise<{ readonly bytes: Uint8Array | undefined; readonly sha256: string }> {
  if (!keep) return { bytes: undefined, sha256: await hashFile(file, signal) };
  const bytes = await readFile(file, { signal });
  return { bytes, sha256: hashBytes(bytes) };
}

function unreadable(name: string, cause: unknown): GlassboxError {
  const reason = (cause as NodeJS.ErrnoException).code ?? String(cause);
  return new GlassboxError('file-unreadable', `The model file "${name}" cannot be read: ${reason}.`, {
    action: 'Check the permissions of the model folder.',
    cause,
  });
}
