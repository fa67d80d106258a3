/** One change of a text: UTF-16 units of the text before the change. */
export interface TextChange {
  readonly offset: number;
  readonly removedLength: number;
  readonly insertedLength: number;
}

/**
 * Where a place in a text is after the text changed. Text inserted at the very place comes after it. Undefined when the
 * place itself was removed: text on both sides of it went in one change.
 *
 * @param changes made at once, so that all offsets are of the same text; they do not overlap
 */
export function shiftOffset(offset: number, changes: readonly TextChange[]): number | undefined {
  let shift = 0;
  for (const { offset: start, removedLength, insertedLength } of changes) {
    const end = start + removedLength;
    if (start < offset && end > offset) return undefined;
    if (start < offset && end <= offset) shift += insertedLength - removedLength;
  }
  return offset + shift;
}
