import * as v from 'valibot';
import { type Message, ParameterStructures, RequestType } from 'vscode-jsonrpc';
import type { WireErrorData } from './wireError.js';

/** What travels as `params` of every request. `progressToken` is null when the caller wants no progress. */
export interface WireRequest {
  readonly params: unknown;
  readonly progressToken: number | null;
}

/** Checks the envelope only; the parameters have a schema each. */
export const wireRequestSchema: v.GenericSchema<unknown, WireRequest> = v.object({
  params: v.unknown(),
  progressToken: v.nullable(v.pipe(v.number(), v.safeInteger())),
});

/** The JSON-RPC request type of a method, parameters by name. */
export function wireRequestType(method: string): RequestType<WireRequest, unknown, WireErrorData> {
  return new RequestType(method, ParameterStructures.byName);
}

const id = v.union([v.string(), v.number()]);
const version = { jsonrpc: v.literal('2.0') };
const messageSchema = v.union([
  v.looseObject({ ...version, method: v.literal('$/cancelRequest'), params: v.looseObject({ id }) }),
  v.looseObject({ ...version, method: v.literal('$/progress'), params: v.looseObject({ token: id }) }),
  v.looseObject({ ...version, method: v.pipe(v.string(), v.notValue('$/cancelRequest')), id: v.optional(id) }),
  v.looseObject({ ...version, method: v.optional(v.undefined()), id: v.nullable(id) }),
]);

/**
 * True for what vscode-jsonrpc can be given. Anything else makes it throw inside the transport's event (a cancellation
 * without parameters, a request whose id is null), where nobody would catch it.
 */
export function isWireMessage(value: unknown): value is Message {
  return v.is(messageSchema, value);
}
