import path from 'node:path';
import { defineConfig } from 'vitest/config';

const root = path.resolve(import.meta.dirname, '..');

/** Every `*.test.ts` belongs to exactly one of these; `test/unit/build/testFiles.test.ts` proves it. */
export default defineConfig({
  root,
  test: {
    // Processes, not threads: ONNX Runtime must never be loaded in a worker thread.
    pool: 'forks',
    projects: [
      {
        test: {
          name: 'unit',
          include: ['test/unit/**/*.test.ts'],
          setupFiles: ['test/support/networkGuard.ts'],
          // What is tested here keeps nothing between calls, so a process for all files on each core will do.
          isolate: false,
          maxWorkers: '100%',
        },
      },
      {
        test: {
          name: 'engine',
          include: ['test/engine/**/*.test.ts'],
          setupFiles: ['test/support/networkGuard.ts'],
          // Some of these wait for minutes; nothing here is measured in time.
          maxWorkers: '100%',
          testTimeout: 60_000,
          hookTimeout: 60_000,
        },
      },
      {
        test: {
          name: 'webview',
          include: ['test/webview/**/*.test.ts'],
          setupFiles: ['test/support/networkGuard.ts'],
          globalSetup: ['test/webview/prepare.ts'],
          // One browser at a time.
          fileParallelism: false,
          testTimeout: 120_000,
          hookTimeout: 120_000,
        },
      },
      {
        test: {
          name: 'e2e',
          include: ['test/e2e/**/*.test.ts'],
          globalSetup: ['test/e2e/prepare.ts'],
          fileParallelism: false,
          // For a machine with two slow cores and other work; on an idle one a window opens in seven seconds.
          testTimeout: 240_000,
          hookTimeout: 240_000,
        },
      },
    ],
  },
});
