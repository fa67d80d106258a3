/**
 * Vectors in a byte a number: each is `scale * values`. The cosines of two vectors of length 1 change by about 0.003 at 256
 * dimensions, far less than neighbours in a list differ.
 */
export interface PackedVectors {
  /** [vectors, dimensions], row-major. */
  readonly values: Int8Array;
  /** [vectors]; 0 for a vector of zeros. */
  readonly scales: Float32Array;
}

const largest = 127;

/** Packs vectors. @param vectors [vectors, dimensions], row-major. */
export function packVectors(vectors: Float32Array, dimensions: number): PackedVectors {
  const count = dimensions === 0 ? 0 : vectors.length / dimensions;
  const values = new Int8Array(vectors.length);
  const scales = new Float32Array(count);
  for (let row = 0; row < count; row++) {
    const start = row * dimensions;
    let peak = 0;
    for (let at = start; at < start + dimensions; at++) peak = Math.max(peak, Math.abs(vectors[at]!));
    const scale = peak / largest;
    scales[row] = scale;
    if (scale > 0) for (let at = start; at < start + dimensions; at++) values[at] = Math.round(vectors[at]! / scale);
  }
  return { values, scales };
}

/** Dot product of a packed vector with one that is not. */
export function packedDot({ values, scales }: PackedVectors, row: number, vector: Float32Array): number {
  const start = row * vector.length;
  let sum = 0;
  for (let at = 0; at < vector.length; at++) sum += values[start + at]! * vector[at]!;
  return sum * scales[row]!;
}
