// Programs of the system that the tests use, installed from Debian's packages where that is possible.
import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { run, step } from './terminal.mjs';

/**
 * @typedef {object} SystemTool
 * @property {readonly string[]} packages Debian's, with what `isPresent` asks.
 * @property {() => boolean} isPresent
 * @property {string} [missing] What to do where it cannot be installed. Without it the tests run nevertheless, and the one
 *   that needs the tool says so.
 */

/** @returns {string | undefined} The browser's executable: the one that CHROMIUM names, or Debian's. */
export function findChromium() {
  const places = [process.env.CHROMIUM, '/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];
  return places.find((place) => place !== undefined && existsSync(place));
}

function hasKoreanFont() {
  try {
    return execFileSync('fc-list', [':lang=ko', 'family'], { encoding: 'utf8' }).trim() !== '';
  } catch {
    return false;
  }
}

/** @satisfies {Readonly<Record<string, SystemTool>>} */
export const systemTools = {
  chromium: {
    packages: ['chromium'],
    isPresent: () => findChromium() !== undefined,
    missing:
      'The end-to-end tests need Chromium. Install it (sudo apt-get install chromium), or set CHROMIUM to its executable; ' +
      'npm test -- types lint format unit engine runs the other tests.',
  },
  strace: { packages: ['strace'], isPresent: () => existsSync('/usr/bin/strace') },
  koreanFont: { packages: ['fonts-nanum', 'fontconfig'], isPresent: hasKoreanFont },
};

/**
 * Installs what is missing.
 *
 * @param {readonly (keyof typeof systemTools)[]} names
 * @throws Error that says what to do, where something cannot be done without and cannot be installed.
 */
export async function ensureSystemTools(names) {
  /** @type {SystemTool[]} */
  const missing = names.map((name) => systemTools[name]).filter(({ isPresent }) => !isPresent());
  if (missing.length === 0) return;
  if (process.getuid?.() !== 0 || !existsSync('/usr/bin/apt-get')) {
    const needed = missing.flatMap((tool) => tool.missing ?? []);
    if (needed.length > 0) throw new Error(needed.join('\n'));
    return;
  }
  const packages = missing.flatMap((tool) => tool.packages);
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  await step(`Installing ${packages.join(', ')} (Debian's packages)`, async (report) => {
    await run('apt-get', ['update'], { env, report });
    await run('apt-get', ['install', '-y', '--no-install-recommends', ...packages], { env, report });
  });
}
