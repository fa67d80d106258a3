/** Gives numbers in [0, 1), evenly distributed. */
export type Random = () => number;

/**
 * A random generator of our own, because `Math.random` cannot be seeded: sfc32 ("small fast counting", Chris
 * Doty-Humphrey, PractRand), 128 bits of state, 32 bits a call. The same seed gives the same numbers everywhere.
 *
 * @param seed any finite number; its integer part counts, modulo 2^53
 */
export function createRandom(seed: number): Random {
  const integer = Math.trunc(seed);
  let a = integer >>> 0;
  let b = Math.floor(integer / 2 ** 32) >>> 0;
  let c = 0x9e3779b9;
  let counter = 1;
  const next = (): number => {
    const sum = (a + b + counter) >>> 0;
    counter = (counter + 1) >>> 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) >>> 0;
    c = (((c << 21) | (c >>> 11)) + sum) >>> 0;
    return sum;
  };
  // The first numbers of neighbouring seeds are alike until the state is mixed.
  for (let round = 0; round < 15; round++) next();
  return () => next() / 2 ** 32;
}
