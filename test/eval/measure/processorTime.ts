import { readFileSync } from 'node:fs';

/** Clock ticks in a second, as Linux counts them for programs. */
const ticksPerSecond = 100;

/**
 * Milliseconds of CPU time of this process and of another one. The other one counts as 0 where the system does not have
 * `/proc`.
 */
export function processorTimeMs(pid: number | undefined): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000 + (pid === undefined ? 0 : ofOther(pid));
}

function ofOther(pid: number): number {
  try {
    const fields = readFileSync(`/proc/${pid}/stat`, 'utf8')
      .replace(/^.*\) /, '')
      .split(' ');
    // Fields 14 and 15 of proc(5); two came before the bracket.
    const ticks = Number(fields[11]) + Number(fields[12]);
    return (ticks * 1000) / ticksPerSecond;
  } catch {
    return 0;
  }
}
