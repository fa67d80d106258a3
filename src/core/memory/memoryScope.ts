/** What is remembered while completing: nothing, the file that is written in, or the other files of the workspace as well. */
export const memoryScopes = ['off', 'file', 'workspace'] as const;

/** One of {@link memoryScopes}. */
export type MemoryScope = (typeof memoryScopes)[number];
