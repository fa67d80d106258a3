import { GlassboxError } from '../../src/core/errors.js';

/** What came of a {@link LatestCall}: an answer, or an error to be shown. */
export type CallOutcome<T> =
  { readonly kind: 'answered'; readonly result: T } | { readonly kind: 'failed'; readonly error: GlassboxError };

/** Runs one thing at a time, the newest: a new run cancels the one before, and what that one still brings is dropped. */
export class LatestCall {
  #controller: AbortController | undefined;

  /**
   * @returns Undefined when a newer run, or {@link cancel}, came between.
   */
  async run<T>(ask: (signal: AbortSignal) => Promise<T>): Promise<CallOutcome<T> | undefined> {
    this.cancel();
    const controller = new AbortController();
    this.#controller = controller;
    try {
      const result = await ask(controller.signal);
      return controller.signal.aborted ? undefined : { kind: 'answered', result };
    } catch (error) {
      return controller.signal.aborted ? undefined : { kind: 'failed', error: GlassboxError.from(error) };
    }
  }

  /** Cancels what runs. */
  cancel(): void {
    this.#controller?.abort();
    this.#controller = undefined;
  }
}
