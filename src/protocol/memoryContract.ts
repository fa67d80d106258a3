import type { ModelTarget } from './modelTarget.js';

/** A file as it is to be remembered. */
export interface RememberedFile {
  /** Workspace-relative path with forward slashes: what prompts name the file by. */
  readonly path: string;
  /** `\n` line ends; null forgets the file. */
  readonly text: string | null;
}

/** How much is remembered. */
export interface MemoryState {
  readonly fileCount: number;
  readonly tokenCount: number;
}

/** What completion draws on beside the model: the code of other files, in the engine's memory alone. */
export interface MemoryContract {
  /**
   * Remembers files in place of what was remembered under their paths, for one model. Loads the model. What is remembered
   * goes when the model is unloaded or the engine ends; the answer tells how much there is.
   */
  'memory/remember': {
    params: ModelTarget & { readonly files: readonly RememberedFile[] };
    result: MemoryState;
    progress: never;
  };
}
