import { readFileSync } from 'node:fs';

/** True while the process runs. A zombie does not run: it only waits until its parent, or init, takes note. */
export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    if (process.platform !== 'linux') return true;
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    return !stat.slice(stat.lastIndexOf(')')).startsWith(') Z');
  } catch {
    return false;
  }
}

/** Resolves with how many milliseconds it took until the process was gone; throws when it outlives `withinMs`. */
export async function waitForExit(pid: number, withinMs: number): Promise<number> {
  const startMs = performance.now();
  while (isAlive(pid)) {
    if (performance.now() - startMs > withinMs) throw new Error(`process ${pid} was alive after ${withinMs} ms`);
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
  return performance.now() - startMs;
}
