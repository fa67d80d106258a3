import { GlassboxError } from '../../../src/core/errors.js';

/** The GlassboxError that `work` throws; fails when it throws none. */
export function settledErrorOf(work: () => unknown): GlassboxError {
  try {
    work();
  } catch (error) {
    if (GlassboxError.is(error)) return error;
    throw error;
  }
  throw new Error('Nothing was thrown.');
}
