import { GlassboxError } from '../../src/core/errors.js';

/** The GlassboxError a promise rejects with; throws when it resolves or rejects with anything else. */
export async function settledError(promise: Promise<unknown>): Promise<GlassboxError> {
  const outcome: unknown = await promise.then(
    (value) => ({ resolvedWith: value }),
    (error: unknown) => error,
  );
  if (!GlassboxError.is(outcome)) throw new Error(`expected a GlassboxError, got ${JSON.stringify(outcome)}`);
  return outcome;
}
