import { setTimeout as delay } from 'node:timers/promises';

const pollMs = 50;

/**
 * Waits until a probe gives something truthy. The editor under test runs in other processes, so there is no clock to
 * inject here.
 *
 * @param what Names the condition in the error.
 * @throws Error with the probe's last result or error, when the time is over.
 */
export async function until<T>(what: string, probe: () => T | Promise<T>, timeoutMs = 30_000): Promise<NonNullable<T>> {
  const end = performance.now() + timeoutMs;
  let last: unknown;
  while (performance.now() < end) {
    try {
      const value = await probe();
      if (value) return value;
      last = value;
    } catch (error) {
      last = error;
    }
    await delay(pollMs);
  }
  throw new Error(`Timed out after ${timeoutMs} ms: ${what}. Last: ${String(last)}`);
}
