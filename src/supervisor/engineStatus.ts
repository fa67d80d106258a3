import type { GlassboxError } from '../core/errors.js';

/** What the engine's process is doing. Every start has a new `generation`. */
export type EngineStatus =
  /** Not needed yet, or disposed. */
  | { readonly kind: 'stopped' }
  | { readonly kind: 'starting'; readonly generation: number }
  | { readonly kind: 'ready'; readonly generation: number; readonly pid: number | undefined }
  /** Crashed; starts again after `retryInMs`. `crashCount` crashes lie within the window. */
  | { readonly kind: 'backoff'; readonly error: GlassboxError; readonly retryInMs: number; readonly crashCount: number }
  /** Stays off until `restart()`. */
  | { readonly kind: 'down'; readonly error: GlassboxError };
