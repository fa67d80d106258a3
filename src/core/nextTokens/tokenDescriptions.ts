/** What some ids stand for, in columns: entry `i` of each belongs to `ids[i]`. */
export interface TokenDescriptions {
  /** Each once, rising. */
  readonly ids: Uint32Array;
  /** Bytes of all tokens, one after the other. */
  readonly bytes: Uint8Array;
  /** Where the bytes of each token end. */
  readonly byteEnds: Uint32Array;
  /** Names of control tokens; null for tokens that stand for text. */
  readonly controlNames: readonly (string | null)[];
}

/** What one id stands for. */
export interface TokenDescription {
  /** Bytes of its text; none for a control token. */
  readonly bytes: Uint8Array;
  /** The name of a control token; null for tokens that stand for text. */
  readonly controlName: string | null;
}

/** Describes ids, each once, by looking each up. */
export function describeTokens(ids: Iterable<number>, lookUp: (id: number) => TokenDescription): TokenDescriptions {
  const sorted = Uint32Array.from(new Set(ids)).sort();
  const found = Array.from(sorted, lookUp);
  const byteEnds = new Uint32Array(found.length);
  let length = 0;
  for (const [index, { bytes }] of found.entries()) byteEnds[index] = length += bytes.length;
  const bytes = new Uint8Array(length);
  for (const [index, token] of found.entries()) bytes.set(token.bytes, byteEnds[index]! - token.bytes.length);
  return { ids: sorted, bytes, byteEnds, controlNames: found.map(({ controlName }) => controlName) };
}

/** Looks a description up; undefined for an id that is not among them. */
export function descriptionOf(descriptions: TokenDescriptions, id: number): TokenDescription | undefined {
  const { ids, bytes, byteEnds, controlNames } = descriptions;
  const index = ids.indexOf(id);
  if (index < 0) return undefined;
  const start = index === 0 ? 0 : byteEnds[index - 1]!;
  return { bytes: bytes.subarray(start, byteEnds[index]), controlName: controlNames[index] ?? null };
}
