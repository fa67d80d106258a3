import * as v from 'valibot';
import { GlassboxError } from '../../src/core/errors.js';
import type { RpcHandlers, RpcParamSchemas } from '../../src/protocol/rpcContract.js';

/** A contract with one method for each way in which a request can go. */
export interface SampleContract {
  echo: { params: { value: unknown }; result: unknown; progress: never };
  countTo: { params: { limit: number }; result: number; progress: number };
  /** Answers only when it is cancelled. */
  waitForAbort: { params: Record<string, never>; result: null; progress: string };
  /** How many `waitForAbort` were started, and how many of them were cancelled. */
  abortCounts: { params: Record<string, never>; result: { started: number; aborted: number }; progress: never };
  fail: {
    params: { how: 'with-action' | 'with-error' | 'with-string' | 'synchronously' };
    result: null;
    progress: never;
  };
  /** Answers with a function, which no transport can carry. */
  answerUnsendable: { params: Record<string, never>; result: unknown; progress: never };
}

/** Schemas of {@link SampleContract}; `limit` has bounds to be tested. */
export const sampleSchemas: RpcParamSchemas<SampleContract> = {
  echo: v.object({ value: v.unknown() }),
  countTo: v.object({ limit: v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(1000)) }),
  waitForAbort: v.record(v.string(), v.never()),
  abortCounts: v.record(v.string(), v.never()),
  fail: v.object({ how: v.picklist(['with-action', 'with-error', 'with-string', 'synchronously']) }),
  answerUnsendable: v.record(v.string(), v.never()),
};

/** Handlers of {@link SampleContract}. */
export function createSampleHandlers(): RpcHandlers<SampleContract> {
  let started = 0;
  let aborted = 0;
  return {
    echo: async ({ value }) => value,
    countTo: async ({ limit }, { report }) => {
      for (let count = 1; count <= limit; count++) report(count);
      return limit;
    },
    waitForAbort: (_params, { signal, report }) =>
      new Promise((resolve) => {
        started++;
        report('started');
        const abort = (): void => {
          aborted++;
          resolve(null);
        };
        if (signal.aborted) abort();
        else signal.addEventListener('abort', abort);
      }),
    abortCounts: async () => ({ started, aborted }),
    fail: ({ how }) => {
      if (how === 'synchronously') throw new RangeError('thrown before the first await');
      return failing(how);
    },
    answerUnsendable: async () => () => undefined,
  };
}

async function failing(how: SampleContract['fail']['params']['how']): Promise<null> {
  if (how === 'with-error') throw new RangeError('an ordinary error');
  if (how === 'with-string') AbortSignal.abort('a string').throwIfAborted();
  throw new GlassboxError('model-hash-mismatch', 'Wrong bytes.', { action: 'Download it again.' });
}
