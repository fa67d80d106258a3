/** Entries that a page key moves by. */
const pageSize = 10;

/**
 * Where a key moves in a list.
 *
 * @param key `KeyboardEvent.key`
 * @returns Index of the entry, or undefined for keys that do not move.
 */
export function nextChoice(key: string, index: number, count: number): number | undefined {
  const moves: Readonly<Record<string, number>> = {
    ArrowDown: index + 1,
    ArrowUp: index - 1,
    PageDown: index + pageSize,
    PageUp: index - pageSize,
    Home: 0,
    End: count - 1,
  };
  const next = moves[key];
  return next === undefined || count === 0 ? undefined : Math.max(0, Math.min(count - 1, next));
}
