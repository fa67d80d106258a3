/**
 * Every number the completion pipeline depends on, in one place, with where it comes from.
 * "measured peer" means: read in the source of the editor extension named, at the commit in the project's research notes.
 */
export const completionConstants = {
  /** Documents whose outcomes are remembered. Own choice: more than anyone has visible. */
  outcomeDocumentLimit: 20,
  /** Cursor positions per document whose last outcome is remembered. Own choice. */
  outcomePositionLimit: 10,
} as const;
