const mark = '$typedArray';

/**
 * A message as it comes out at the other end of VS Code's `postMessage`: typed arrays as typed arrays, everything else by
 * way of JSON (undefined properties are dropped, NaN becomes null).
 */
export function webviewCopy(message: unknown): unknown {
  const arrays: unknown[] = [];
  const json = JSON.stringify(message, (_key, value: unknown) => {
    if (!ArrayBuffer.isView(value)) return value;
    return { [mark]: arrays.push(structuredClone(value)) - 1 };
  });
  return JSON.parse(json, (_key, value: unknown) => {
    const isMarked = typeof value === 'object' && value !== null && mark in value;
    return isMarked ? arrays[Number(value[mark])] : value;
  });
}
