import type { CancellationToken } from 'vscode';

/** A signal that follows the editor's token; `dispose` lets go of the token. */
export interface TokenSignal {
  readonly signal: AbortSignal;
  dispose(): void;
}

/** Converts the editor's way of cancelling to the one all layers below use. */
export function toAbortSignal(token: CancellationToken): TokenSignal {
  const controller = new AbortController();
  if (token.isCancellationRequested) controller.abort();
  const subscription = token.onCancellationRequested(() => controller.abort());
  return { signal: controller.signal, dispose: () => void subscription.dispose() };
}
