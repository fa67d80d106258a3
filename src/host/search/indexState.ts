import type { GlassboxError } from '../../core/errors.js';

/** How far the index is. */
export type IndexState =
  | { readonly kind: 'looking' }
  | { readonly kind: 'reading'; readonly doneFileCount: number; readonly fileCount: number }
  | { readonly kind: 'stopped'; readonly doneFileCount: number; readonly fileCount: number }
  | { readonly kind: 'failed'; readonly error: GlassboxError }
  /** `totalCount` is larger than `fileCount` when the workspace has more files than the settings allow. */
  | { readonly kind: 'complete'; readonly fileCount: number; readonly totalCount: number };
