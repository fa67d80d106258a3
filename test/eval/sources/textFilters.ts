const largestFile = 60_000;
const smallestFile = 400;
const longestLine = 400;

const codeSuffix = /\.(?:[cm]?[jt]sx?|py|go|rs|java|kt|cs|c|h|cc|cpp|hpp|rb|php|swift)$/;
const skippedFolder =
  /(?:^|\/)(?:node_modules|vendor|vendored|third[_-]?party|dist|build|out|min|__snapshots__|snapshots|fixtures?|baselines?|locales?|translations|i18n|generated|__generated__|coverage)\//i;
const skippedName = /\.min\.\w+$|\.(?:generated|gen|pb)\.\w+$|\.d\.[cm]?ts$|_pb2(?:_grpc)?\.py$/i;
const generatedMark = /@generated|do not edit|auto-?generated|generated (?:by|file)/i;

/** True for the path of a source file that people write and edit. */
export function isCodePath(path: string): boolean {
  return codeSuffix.test(path) && !skippedFolder.test(path) && !skippedName.test(path);
}

/** A file's bytes as text with `\n` line ends and no byte order mark; undefined when they are not UTF-8. */
export function decodeText(bytes: Uint8Array): string | undefined {
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
    return text.includes('\0') ? undefined : text.replaceAll(/\r\n?/g, '\n');
  } catch {
    return undefined;
  }
}

/** True for a text of a usual size that people wrote: neither generated nor minified. */
export function isHandWritten(text: string): boolean {
  if (text.length < smallestFile || text.length > largestFile) return false;
  if (generatedMark.test(text.slice(0, 2_000))) return false;
  return text.split('\n').every((line) => line.length <= longestLine);
}
