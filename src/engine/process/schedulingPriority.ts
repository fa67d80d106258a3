import { writeFileSync } from 'node:fs';
import os from 'node:os';

/**
 * Between 0 (normal) and 19: the editor and its language servers go first, yet a build does not starve completion. While
 * two busy programs held both cores of a machine, 24 tokens took 1.2 times as long as at 0; 1.8 times at 5, 4.5 at 10.
 */
const niceness = 3;

/** Added to the engine's chance to be chosen when memory runs out, so that the editor is not (0 to 1000). */
const outOfMemoryScore = '500';

/**
 * Makes the engine give way to the editor. Threads inherit the niceness of the thread that makes them: call this before
 * ONNX Runtime makes its own, and after the watchdog has been started. Where the system refuses, nothing changes.
 */
export function giveWayToEditor(): void {
  attempt(() => os.setPriority(niceness));
  if (process.platform === 'linux') attempt(() => writeFileSync('/proc/self/oom_score_adj', outOfMemoryScore));
}

function attempt(action: () => void): void {
  try {
    action();
  } catch {
    // Containers may forbid both; the engine works without.
  }
}
