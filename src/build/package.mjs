// npm run package: makes the VSIX for this platform.
import { mkdirSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { createVSIX } from '@vscode/vsce';
import { makeBundles } from './bundle.mjs';
import { layRuntime } from './runtimeFiles.mjs';
import { main, root, step } from './terminal.mjs';
import { writeThirdPartyNotices } from './thirdPartyNotices.mjs';

/** VS Code's name of this platform; the package holds native code for it alone. */
export const target = `${process.platform}-${process.arch}`;

/**
 * Makes the VSIX from production bundles.
 *
 * @param {string} [folder] Where it goes; the repository without.
 * @returns {Promise<string>} Its path.
 */
export async function makePackage(folder = root) {
  const metafiles = await makeBundles({ production: true });
  writeThirdPartyNotices(metafiles, ['onnxruntime-node', 'onnxruntime-common']);
  const removeRuntime = layRuntime();
  try {
    /** @type {{ name: string; version: string }} */
    const { name, version } = JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8'));
    const packagePath = path.join(folder, `${name}-${target}-${version}.vsix`);
    mkdirSync(folder, { recursive: true });
    // Links in the README stay relative: there is no public repository yet that they could lead to.
    const links = { allowMissingRepository: true, rewriteRelativeLinks: false };
    await createVSIX({ cwd: root, target, packagePath, dependencies: false, ...links });
    return packagePath;
  } finally {
    removeRuntime();
  }
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  await main(async () => {
    const file = await step(`Packaging for ${target}`, () => makePackage());
    console.log(`${path.relative(root, file)}: ${(statSync(file).size / 1e6).toFixed(1)} MB`);
    console.log(`Install it with: code --install-extension ${path.relative(root, file)}`);
  });
}
