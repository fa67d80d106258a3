/** A stretch of a text and what a normalizer made of it; UTF-16 offsets, half-open. */
export interface AlignedPiece {
  readonly originalStart: number;
  readonly originalEnd: number;
  readonly normalizedStart: number;
  readonly normalizedEnd: number;
  readonly isUnchanged: boolean;
}

/**
 * White space runs; syllables of conjoining jamo; other characters, with the marks and trailing jamo that may compose
 * with them.
 */
const smallPieces = /\s+|[\u1100-\u115f]+[\u1160-\u11ff]*|[^][\u1160-\u11ff\uff9e\uff9f\p{M}]*/gu;

/** How many neighbours are joined at most before the rest counts as one piece. */
const mostJoined = 8;

/**
 * Finds which stretch of `original` became which stretch of `normalized`. The library's normalizers say nothing of
 * offsets, so small pieces are normalised one by one and joined with their neighbours until, one after the other, they
 * spell the normalised text. Where that fails (a normalizer that looks far around), the rest is one piece. Runs
 * of pieces that kept their length are given as one.
 */
export function alignNormalized(
  original: string,
  normalized: string,
  normalize: (text: string) => string,
): AlignedPiece[] {
  const normalizePiece = inContext(normalize);
  const sources = original.match(smallPieces) ?? [];
  const pieces = new PieceList();
  pieces.add('', prependedPart(normalized, normalize));
  for (let index = 0; index < sources.length;) {
    const match = matchAt(sources, index, normalized, pieces.normalizedEnd, normalizePiece);
    if (match === undefined) {
      pieces.add(original.slice(pieces.originalEnd), normalized.slice(pieces.normalizedEnd));
      break;
    }
    pieces.add(match.source, match.result);
    index += match.count;
  }
  return pieces.list;
}

/** The shortest join of pieces from `index` on whose normal form stands at `position`. */
function matchAt(
  sources: readonly string[],
  index: number,
  normalized: string,
  position: number,
  normalizePiece: (piece: string) => string,
): { source: string; result: string; count: number } | undefined {
  let source = '';
  for (let count = 1; count <= mostJoined && index + count <= sources.length; count++) {
    source += sources[index + count - 1]!;
    const result = normalizePiece(source);
    const found = normalized.slice(position, position + result.length);
    if (isSameNormalForm(found, result)) return { source, result: found, count };
  }
  // A `Strip` normalizer drops blanks at the ends of the text only, which a piece in its context does not show.
  const first = sources[index]!;
  const isAtAnEnd = index === 0 || index === sources.length - 1;
  return isAtAnEnd && first.trim() === '' ? { source: first, result: '', count: 1 } : undefined;
}

/** Lower-casing writes a sigma as `ς` at the end of a word, which a piece alone does not know. */
function isSameNormalForm(found: string, expected: string): boolean {
  return found === expected || found.replaceAll('ς', 'σ') === expected.replaceAll('ς', 'σ');
}

/** What the normalizer puts in front of every text (`Prepend`), if it stands in front of this one. */
function prependedPart(normalized: string, normalize: (text: string) => string): string {
  const prefix = normalize('');
  return normalized.startsWith(prefix) ? prefix : '';
}

/**
 * Normalises a piece as if it stood inside a text: between two digits, which no normal form composes with anything,
 * so that nothing is prepended to it and no blanks are trimmed. Remembers results, most pieces being frequent letters.
 */
function inContext(normalize: (text: string) => string): (piece: string) => string {
  const prefix = `${normalize('')}0`;
  const known = new Map<string, string>();
  return (piece) => {
    let result = known.get(piece);
    if (result === undefined) {
      const framed = normalize(`0${piece}0`);
      result = framed.startsWith(prefix) && framed.endsWith('0') ? framed.slice(prefix.length, -1) : normalize(piece);
      known.set(piece, result);
    }
    return result;
  };
}

/** Pieces laid end to end; neighbours that are alike and kept their length are joined. */
class PieceList {
  readonly list: AlignedPiece[] = [];
  originalEnd = 0;
  normalizedEnd = 0;

  add(source: string, result: string): void {
    if (source === '' && result === '') return;
    const isUnchanged = source === result;
    const last = this.list.at(-1);
    const joins =
      last?.isUnchanged === isUnchanged &&
      source.length === result.length &&
      last.originalEnd - last.originalStart === last.normalizedEnd - last.normalizedStart;
    const originalStart = joins ? last.originalStart : this.originalEnd;
    const normalizedStart = joins ? last.normalizedStart : this.normalizedEnd;
    if (joins) this.list.pop();
    this.originalEnd += source.length;
    this.normalizedEnd += result.length;
    const { originalEnd, normalizedEnd } = this;
    this.list.push({ originalStart, originalEnd, normalizedStart, normalizedEnd, isUnchanged });
  }
}
