import { readdirSync, readFileSync } from 'node:fs';

/**
 * Process ids of the engines below a process, by the title that they give themselves, read from `/proc`.
 *
 * @param ancestor Process id of an editor server.
 */
export function engineProcesses(ancestor: number): number[] {
  const parents = new Map<number, number>();
  const engines: number[] = [];
  for (const name of readdirSync('/proc').filter((entry) => /^\d+$/.test(entry))) {
    const pid = Number(name);
    try {
      // After the command in parentheses come state and parent.
      parents.set(
        pid,
        Number(
          readFileSync(`/proc/${name}/stat`, 'utf8')
            .replace(/^.*\) /s, '')
            .split(' ')[1],
        ),
      );
      if (readFileSync(`/proc/${name}/cmdline`, 'utf8').startsWith('glassbox-engine')) engines.push(pid);
    } catch {
      // It ended while we looked.
    }
  }
  return engines.filter((pid) => isBelow(pid, ancestor, parents));
}

function isBelow(pid: number, ancestor: number, parents: ReadonlyMap<number, number>): boolean {
  for (let current = parents.get(pid); current !== undefined && current > 1; current = parents.get(current)) {
    if (current === ancestor) return true;
  }
  return false;
}
