import { throwIfAborted } from '../../core/errors.js';
import { mostRememberedLength, withinLimits, type FeedingLimits } from '../../core/memory/feedingPlan.js';

/** Files measured or read at a time. Own choice: a remote file system answers many as fast as one. */
export const filesAtOnce = 16;

/**
 * As many of the first files as are remembered together, each with its length; what is too long, or is not there, is left out.
 *
 * @throws GlassboxError `cancelled`.
 */
export async function measuredFiles<File>(
  files: readonly File[],
  lengthOf: (file: File) => Promise<number | undefined>,
  limits: FeedingLimits,
  signal: AbortSignal,
): Promise<readonly (File & { readonly length: number })[]> {
  const found: (File & { readonly length: number })[] = [];
  for (let start = 0; start < files.length; start += filesAtOnce) {
    throwIfAborted(signal);
    const some = files.slice(start, start + filesAtOnce);
    const lengths = await Promise.all(some.map(lengthOf));
    for (const [index, file] of some.entries()) {
      const length = lengths[index];
      if (length !== undefined && length <= mostRememberedLength) found.push({ ...file, length });
    }
    const within = withinLimits(found, limits);
    if (within.length < found.length) return within;
  }
  return found;
}
