// Runs in a worker thread of the engine. A native call blocks the engine's own thread, so that neither a disconnect nor a
// timer reaches it; this thread still runs, and ends the whole process when the host is gone. It loads nothing else.
import { workerData } from 'node:worker_threads';

const pollMs = 250;
const { hostPid } = workerData as { readonly hostPid: number };

function isHostGone(): boolean {
  // POSIX gives the orphan another parent.
  if (process.platform !== 'win32') return process.ppid !== hostPid;
  try {
    process.kill(hostPid, 0);
    return false;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'ESRCH';
  }
}

function poll(): void {
  if (isHostGone()) process.kill(process.pid, 'SIGKILL');
}

poll();
setInterval(poll, pollMs);
