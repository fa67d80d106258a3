// The licences of what is inside the bundles.
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { root } from './terminal.mjs';

/**
 * Names of the packages that esbuild put into a bundle.
 *
 * @param {import('esbuild').Metafile} metafile
 * @returns {string[]}
 */
function bundledPackages(metafile) {
  const outputs = Object.values(metafile.outputs).flatMap(({ inputs }) => Object.keys(inputs));
  return outputs.flatMap((input) => /node_modules\/((?:@[^/]+\/)?[^/]+)\//.exec(input)?.[1] ?? []);
}

/** @param {string} name */
function notice(name) {
  const folder = path.join(root, 'node_modules', name);
  /** @type {{ version: string; license?: string }} */
  const { version, license } = JSON.parse(readFileSync(path.join(folder, 'package.json'), 'utf8'));
  const file = readdirSync(folder).find((entry) => /^(?:licen[cs]e|copying)(?:\.|$)/i.test(entry));
  const text =
    file === undefined ? `Licence: ${license ?? 'see the package'}` : readFileSync(path.join(folder, file), 'utf8');
  return `${name} ${version}\n\n${text.trim()}\n`;
}

/**
 * Writes `dist/THIRD-PARTY-NOTICES.txt`.
 *
 * @param {readonly import('esbuild').Metafile[]} metafiles
 * @param {readonly string[]} beside Packages that ship as they are.
 */
export function writeThirdPartyNotices(metafiles, beside) {
  const names = [...new Set([...metafiles.flatMap(bundledPackages), ...beside])].sort();
  const text = names.map(notice).join(`\n${'-'.repeat(80)}\n\n`);
  writeFileSync(path.join(root, 'dist/THIRD-PARTY-NOTICES.txt'), `Glassbox contains these packages.\n\n${text}`);
}
