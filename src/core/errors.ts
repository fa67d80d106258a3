/** Every way an operation can fail. Codes travel across processes; messages are for people. */
export const errorCodes = [
  'bad-request',
  'cancelled',
  'context-too-long',
  'engine-busy',
  'engine-crashed',
  'engine-unavailable',
  'engine-stopped',
  'file-unreadable',
  'internal',
  'model-card-invalid',
  'model-file-missing',
  'model-hash-mismatch',
  'model-load-failed',
  'model-not-found',
  'model-quarantined',
  'model-unsupported',
  'model-untrusted',
  'tokenizer-missing',
  'tokenizer-too-slow',
  'tokenizer-untrusted',
  'tokenizer-unsupported',
] as const;

/** One of {@link errorCodes}. */
export type GlassboxErrorCode = (typeof errorCodes)[number];

/**
 * The one exception type that crosses a layer. The message says what went wrong; `action` says what the user can do.
 * Compare by `code` through {@link GlassboxError.is}, never by message and never with `instanceof` across a process.
 */
export class GlassboxError extends Error {
  readonly code: GlassboxErrorCode;
  /** What the user can do about it, one sentence, or undefined when there is nothing to do. */
  readonly action: string | undefined;

  constructor(code: GlassboxErrorCode, message: string, options: { action?: string; cause?: unknown } = {}) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.name = 'GlassboxError';
    this.code = code;
    this.action = options.action;
  }

  /** True for a GlassboxError (of the given code, when one is given). */
  static is(value: unknown, code?: GlassboxErrorCode): value is GlassboxError {
    return (
      value instanceof Error &&
      value.name === 'GlassboxError' &&
      (code === undefined || (value as GlassboxError).code === code)
    );
  }

  /** Wraps anything thrown; a GlassboxError stays itself. */
  static from(value: unknown, code: GlassboxErrorCode = 'internal'): GlassboxError {
    if (GlassboxError.is(value)) return value;
    return new GlassboxError(code, value instanceof Error ? value.message : String(value), { cause: value });
  }

  /** Message and action in one line. */
  get sentence(): string {
    return this.action === undefined ? this.message : `${this.message} ${this.action}`;
  }
}

/** Throws `GlassboxError('cancelled')` when the signal is aborted. Called between decode steps and prefill chunks. */
export function throwIfAborted(signal: AbortSignal | undefined): void {
  if (signal?.aborted) throw new GlassboxError('cancelled', 'The request was cancelled.');
}
