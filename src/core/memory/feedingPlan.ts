/** How long a text is, in UTF-16 units, or at most. */
export interface MeasuredFile {
  readonly length: number;
}

/** What limits how much of a workspace is remembered; lengths are UTF-16 units. */
export interface FeedingLimits {
  /** Of all files together. */
  readonly totalLength: number;
  readonly fileCount: number;
  /** Of the nearest files, which are sent once more in the end. */
  readonly nearLength: number;
}

/**
 * Own choices. Eight million units are about 2.5 million tokens of code and so 30 MB in the engine; it takes half a minute to
 * read them on a slow machine. The nearest files are what a person has around the file that is written in.
 */
export const feedingLimits: FeedingLimits = { totalLength: 8_000_000, fileCount: 5_000, nearLength: 250_000 };

/** A file with a longer text is left out: data most of the time, and a completion would wait for the whole of it. */
export const mostRememberedLength = 128 * 1024;

/** The first files that are remembered together. */
export function withinLimits<File extends MeasuredFile>(
  files: readonly File[],
  { totalLength, fileCount }: Pick<FeedingLimits, 'totalLength' | 'fileCount'>,
): readonly File[] {
  let length = 0;
  const end = files.findIndex((file) => (length += file.length) > totalLength);
  return files.slice(0, Math.min(end < 0 ? files.length : end, fileCount));
}

/**
 * In which order files are sent: the nearest first, so that they are of use at once; and the nearest of them once more in the
 * end, because memory looks first at what it was told last. A few files are sent once, the nearest last.
 *
 * @param files the nearest first.
 */
export function feedingOrder<File extends MeasuredFile>(
  files: readonly File[],
  { nearLength }: Pick<FeedingLimits, 'nearLength'>,
): readonly File[] {
  const near = withinLimits(files, { totalLength: nearLength, fileCount: files.length });
  const again = near.toReversed();
  return near.length === files.length ? again : [...files, ...again];
}
