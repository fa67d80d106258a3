import type { GenericSchema } from 'valibot';
import type { MessageReader, MessageWriter } from 'vscode-jsonrpc';

/** One request of a contract: what it takes, what it answers, what it streams on the way (`never`: nothing). */
export interface RpcMethod {
  params: unknown;
  result: unknown;
  progress: unknown;
}

/** A set of requests by method name; the bound of every contract, satisfied by interfaces and type literals alike. */
export type RpcContract<C> = { [K in keyof C]: RpcMethod };

/** What a handler gets beside its parameters. */
export interface RpcHandlerContext<Progress> {
  /** Aborts when the caller cancels and when the connection ends. */
  readonly signal: AbortSignal;
  /** Streams to the caller; without effect when the caller did not ask for progress. */
  readonly report: (progress: Progress) => void;
}

/** The answering side: one function per method. */
export type RpcHandlers<C extends RpcContract<C>> = {
  readonly [K in keyof C]: (
    params: C[K]['params'],
    context: RpcHandlerContext<C[K]['progress']>,
  ) => Promise<C[K]['result']>;
};

/** Decides for each method whether parameters that arrived are what the contract says, bounds included. */
export type RpcParamSchemas<C extends RpcContract<C>> = {
  readonly [K in keyof C]: GenericSchema<unknown, C[K]['params']>;
};

/** Options of one call. */
export interface RpcCallOptions<Progress> {
  readonly signal?: AbortSignal;
  readonly onProgress?: (progress: Progress) => void;
}

/**
 * Two ends of a channel that carries JSON-RPC messages in order: Node IPC, a message port, a webview. The process must
 * have installed the runtime layer of vscode-jsonrpc by importing `vscode-jsonrpc/node` or `vscode-jsonrpc/browser`.
 */
export interface RpcTransport {
  readonly reader: MessageReader;
  readonly writer: MessageWriter;
}
