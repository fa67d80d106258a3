import type { StopConditions, StopReason } from '../../core/completion/generation.js';

/** Where generated text ends, and why. */
export interface TextStop {
  readonly reason: Extract<StopReason, 'line-end' | 'max-lines' | 'stop-string'>;
  /** UTF-16 units of the text that stay. */
  readonly length: number;
}

/**
 * Looks for the first place at which the text ends by the conditions on text; undefined while none is reached. When
 * several are, the earliest place wins.
 *
 * @param text what was generated after the cursor, `\n` line ends.
 */
export function findTextStop(text: string, stop: StopConditions): TextStop | undefined {
  const stops: TextStop[] = [];
  const lineStop = stop.singleLine ? singleLineStop(text) : maxLinesStop(text, stop.maxLines);
  if (lineStop !== undefined) stops.push(lineStop);
  for (const stopString of stop.stopStrings) {
    const length = stopString === '' ? -1 : text.indexOf(stopString);
    if (length >= 0) stops.push({ reason: 'stop-string', length });
  }
  return stops.sort((left, right) => left.length - right.length)[0];
}

function singleLineStop(text: string): TextStop | undefined {
  const visible = text.search(/\S/u);
  const length = visible < 0 ? -1 : text.indexOf('\n', visible);
  return length < 0 ? undefined : { reason: 'line-end', length };
}

function maxLinesStop(text: string, maxLines: number): TextStop | undefined {
  let length = -1;
  for (let line = 0; line < maxLines; line++) {
    length = text.indexOf('\n', length + 1);
    if (length < 0) return undefined;
  }
  return length < 0 ? undefined : { reason: 'max-lines', length };
}
