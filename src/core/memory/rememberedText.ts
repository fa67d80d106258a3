import { withLineFeeds } from '../text/lineEnds.js';
import { isHandwritten } from '../workspace/codeFiles.js';
import { mostRememberedLength } from './feedingPlan.js';

/** A file's text as it is remembered; null when it is not: there is none, it is too long, or a program wrote it. */
export function rememberedText(text: string | undefined): string | null {
  if (text === undefined || text.length > mostRememberedLength || !isHandwritten(text)) return null;
  return withLineFeeds(text);
}

/**
 * What is sent in one request, at most: the model takes no completion while it turns this into tokens, which takes some 20 ms.
 * Own choices.
 */
const mostFiles = 16;
const mostLength = 32 * 1024;

/** Files in groups for one request each: a few files, or one long one. */
export async function* inBatches<File extends { readonly text: string | null }>(
  files: AsyncIterable<File> | Iterable<File>,
): AsyncGenerator<readonly File[], void> {
  let batch: File[] = [];
  let length = 0;
  for await (const file of files) {
    const own = file.text?.length ?? 0;
    if (batch.length === mostFiles || (batch.length > 0 && length + own > mostLength)) {
      yield batch;
      batch = [];
      length = 0;
    }
    batch.push(file);
    length += own;
  }
  if (batch.length > 0) yield batch;
}
