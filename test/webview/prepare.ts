import { makeBundles } from '../../src/build/bundle.mjs';
import { ensureSystemTools } from '../../src/build/systemTools.mjs';

/** What every panel test needs: a browser, and the bundles as they are now. */
export async function setup(): Promise<void> {
  await ensureSystemTools(['chromium', 'koreanFont']);
  await makeBundles();
}
