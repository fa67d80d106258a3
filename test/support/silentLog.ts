import type { Log } from '../../src/core/log.js';

const ignore = (): void => undefined;

/** Forgets everything. */
export const silentLog: Log = { trace: ignore, debug: ignore, info: ignore, warn: ignore, error: ignore };
