// The browser of the end-to-end tests: Debian's Chromium, or the one that CHROMIUM names.
import { existsSync } from 'node:fs';
import { run, step } from './terminal.mjs';

/** @returns {string | undefined} The browser's executable. */
export function findChromium() {
  const places = [process.env.CHROMIUM, '/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];
  return places.find((place) => place !== undefined && existsSync(place));
}

/**
 * Installs Chromium from Debian's packages where that is possible.
 *
 * @throws Error that says what to install, where it is not.
 */
export async function ensureChromium() {
  if (findChromium() !== undefined) return;
  if (process.getuid?.() !== 0 || !existsSync('/usr/bin/apt-get')) {
    throw new Error(
      'The end-to-end tests need Chromium. Install it (sudo apt-get install chromium), or set CHROMIUM to its executable; ' +
        'npm test -- types lint format unit engine runs the other tests.',
    );
  }
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  await step("Installing Chromium (Debian's package)", async (report) => {
    await run('apt-get', ['update'], { env, report });
    await run('apt-get', ['install', '-y', '--no-install-recommends', 'chromium'], { env, report });
  });
}
