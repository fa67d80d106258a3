import * as v from 'valibot';
import type { Disposable } from 'vscode-jsonrpc';
import type { PostMessagePort } from '../messagePort.js';

/**
 * What travels between a panel's page and the host: a JSON-RPC message, and the page that it belongs to. A panel loads a
 * new page whenever it is shown again or moved, and each page counts its requests from the start: without the name, an
 * answer to an earlier page would be taken for the answer to a request of this one.
 */
export interface PageEnvelope {
  /** Chosen at random by the page when it loads. */
  readonly page: string;
  readonly message: unknown;
}

/** Longest name of a page, UTF-16 units. */
const maxPageNameLength = 64;

const envelopeSchema = v.object({
  page: v.pipe(v.string(), v.nonEmpty(), v.maxLength(maxPageNameLength)),
  message: v.unknown(),
});

/** Reads what arrived; undefined for anything that is no envelope (webviews receive messages of the editor as well). */
export function readEnvelope(data: unknown): PageEnvelope | undefined {
  const parsed = v.safeParse(envelopeSchema, data);
  return parsed.success ? { page: parsed.output.page, message: parsed.output.message } : undefined;
}

/** The part of a port that belongs to one page; either end of it. */
export function pagePort(port: PostMessagePort, page: string): PostMessagePort {
  return {
    postMessage: (message) => port.postMessage({ page, message } satisfies PageEnvelope),
    onMessage: (listener): Disposable =>
      port.onMessage((data) => {
        const envelope = readEnvelope(data);
        if (envelope?.page === page) listener(envelope.message);
      }),
  };
}
