/** A code file of the workspace. */
export interface CodeFile {
  /** Its address, which no other file has. */
  readonly key: string;
  /** What prompts name it by. */
  readonly path: string;
  readonly isOpen: boolean;
  /** Length of its text in UTF-16 units, or more; undefined when there is no such file. */
  readonly measure: () => Promise<number | undefined>;
  /** Its text as the editor has it; undefined when it cannot be read, is no text, or is not to be remembered any more. */
  readonly read: () => Promise<string | undefined>;
}

/** The code files that are to be remembered. */
export interface CodeSource {
  /** All of them, in any order. @throws GlassboxError `cancelled`. */
  list(signal: AbortSignal): Promise<readonly CodeFile[]>;
  /** The one with this address, if it is there or not. */
  file(key: string): CodeFile;
}
