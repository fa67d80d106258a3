const segment = '[A-Za-z0-9_-][A-Za-z0-9._-]{0,127}';
const plainPath = new RegExp(`^${segment}(/${segment}){0,3}$`);
const windowsDevice = /^(con|prn|aux|nul|com\d|lpt\d)$/i;

/**
 * True when `path`, taken from a model card or an ONNX file, can only name a file inside the model folder, on every
 * platform: up to four plain segments with forward slashes. Excluded are `..`, hidden files, absolute paths, drives and
 * shares, alternate data streams, Windows device names and the trailing dots that Windows drops.
 */
export function isPlainModelPath(path: string): boolean {
  if (!plainPath.test(path)) return false;
  return path.split('/').every((part) => !part.endsWith('.') && !windowsDevice.test(part.split('.')[0]!));
}
