import { cpSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';

const root = path.resolve(import.meta.dirname, '../..');

/** The folders that are a TypeScript project each. */
export const projectFolders = [
  ...['core', 'protocol', 'supervisor', 'engine', 'host', 'cli'].map((layer) => `src/${layer}`),
  'webview',
];

/**
 * Writes a small repository with the project's own compiler settings, below `out/`, where packages resolve as they do
 * in the real one.
 *
 * @param name Folder name; one test file, one name.
 * @param files Path relative to the repository -> content.
 * @returns Its absolute folder.
 */
export function writeSourceTree(name: string, files: Readonly<Record<string, string>>): string {
  const tree = path.join(root, 'out/test', name);
  rmSync(tree, { recursive: true, force: true });
  const settings = ['src/tsconfig.base.json', 'src/core/globals.d.ts'];
  for (const file of [...settings, ...projectFolders.map((folder) => `${folder}/tsconfig.json`)]) {
    cpSync(path.join(root, file), path.join(tree, file));
  }
  const solution = { files: [], references: projectFolders.map((folder) => ({ path: `./${folder}` })) };
  writeFileSync(path.join(tree, 'tsconfig.json'), JSON.stringify(solution));
  const inhabited = Object.fromEntries(
    projectFolders.map((folder) => [`${folder}/inhabitant.ts`, '/** Somebody. */\nexport const inhabitant = 1;\n']),
  );
  for (const [file, content] of Object.entries({ ...inhabited, ...files })) {
    mkdirSync(path.dirname(path.join(tree, file)), { recursive: true });
    writeFileSync(path.join(tree, file), content);
  }
  return tree;
}
