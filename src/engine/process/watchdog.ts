import { Worker } from 'node:worker_threads';

/**
 * Starts the thread that kills this process within a second of the host's death, whatever the main thread does.
 *
 * @param workerFile Absolute path of the bundled `watchdogWorker.ts`.
 * @throws Error, on the next turn of the event loop and uncaught, when the file is missing: the engine must not run
 *   unwatched.
 */
export function startWatchdog(workerFile: string, hostPid: number): void {
  const worker = new Worker(workerFile, { name: 'host watchdog', workerData: { hostPid } });
  // The watchdog alone must not keep an engine alive that has nothing else to do.
  worker.unref();
}
