import * as v from 'valibot';
import { ErrorCodes, ResponseError } from 'vscode-jsonrpc';
import { errorCodes, GlassboxError } from '../core/errors.js';

const wireErrorDataSchema = v.object({
  code: v.picklist(errorCodes),
  message: v.string(),
  action: v.nullish(v.string()),
});

/** A GlassboxError as the `data` of a JSON-RPC error. */
export type WireErrorData = v.InferOutput<typeof wireErrorDataSchema>;

/** The JSON-RPC error number of every GlassboxError; outside the range that the specification reserves. */
export const glassboxErrorNumber = 1;

/** Turns whatever a handler threw into an answer. */
export function toResponseError(thrown: unknown): ResponseError<WireErrorData> {
  const { code, message, action } = GlassboxError.from(thrown);
  return new ResponseError(glassboxErrorNumber, message, { code, message, action: action ?? null });
}

/**
 * Turns whatever a request was rejected with into the GlassboxError that the other side meant. Errors of the protocol
 * itself become `bad-request` (unknown method, parameters of the wrong form) or `internal`.
 */
export function fromResponseError(rejection: unknown): GlassboxError {
  if (!(rejection instanceof ResponseError)) return GlassboxError.from(rejection);
  const data = v.safeParse(wireErrorDataSchema, rejection.data);
  if (data.success) {
    const { code, message, action } = data.output;
    return new GlassboxError(code, message, typeof action === 'string' ? { action } : {});
  }
  const isCallersFault =
    rejection.code === ErrorCodes.MethodNotFound ||
    rejection.code === ErrorCodes.InvalidParams ||
    rejection.code === ErrorCodes.InvalidRequest;
  return new GlassboxError(isCallersFault ? 'bad-request' : 'internal', rejection.message, { cause: rejection });
}
