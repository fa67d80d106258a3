import { readdir, readFile, stat } from 'node:fs/promises';
import path from 'node:path';
import { SecretFiles } from '../core/completion/secretFiles.js';
import { throwIfAborted } from '../core/errors.js';
import { codeText, isCodePath, mostFileBytes } from '../core/workspace/codeFiles.js';
import { IgnoreRules, type IgnoreFile } from '../core/workspace/ignoreRules.js';
import type { SourceFile } from '../core/search/indexFiles.js';
import { unreadable } from './inputText.js';

/** What the editor leaves out of searches by default, and what belongs to version control. */
const skippedFolders: ReadonlySet<string> = new Set(['.git', '.hg', '.svn', 'CVS', 'node_modules', 'bower_components']);

/**
 * Lists the code files below a folder in the order of their paths, by keys relative to it with forward slashes. What
 * `.gitignore` leaves out is left out, and so are secrets, generated files, what is very large, and links.
 *
 * @throws GlassboxError `file-unreadable` when the folder cannot be listed; `cancelled`.
 */
export async function listFolderFiles(root: string, signal: AbortSignal): Promise<readonly SourceFile[]> {
  const secrets = new SecretFiles();
  const ignoreFiles: IgnoreFile[] = [];
  let rules = new IgnoreRules(ignoreFiles);
  const files: SourceFile[] = [];
  const folders = [''];
  for (let folder = folders.pop(); folder !== undefined; folder = folders.pop()) {
    throwIfAborted(signal);
    const place = path.join(root, folder);
    const entries = await readdir(place, { withFileTypes: true }).catch((error: unknown) => {
      // A folder below that may not be read is passed over; the one that was named must be there.
      return folder === '' ? Promise.reject(unreadable(root, error)) : [];
    });
    if (entries.some(({ name }) => name === '.gitignore')) {
      const text = await readFile(path.join(place, '.gitignore'), 'utf8').catch(() => '');
      ignoreFiles.push({ folder, text });
      rules = new IgnoreRules(ignoreFiles);
    }
    const below = (name: string): string => (folder === '' ? name : `${folder}/${name}`);
    for (const entry of entries) {
      const key = below(entry.name);
      if (entry.isDirectory() && !skippedFolders.has(entry.name) && !rules.ignoresFolder(key)) folders.push(key);
      if (
        !entry.isFile() ||
        !isCodePath(key) ||
        rules.ignoresFile(key) ||
        secrets.includes({ path: key, uri: '' }, [])
      ) {
        continue;
      }
      const source = await toSource(key, path.join(root, key));
      if (source !== undefined) files.push(source);
    }
  }
  return files.sort((one, other) => (one.key < other.key ? -1 : 1));
}

/** Undefined for a file that is too large, or gone. */
async function toSource(key: string, file: string): Promise<SourceFile | undefined> {
  const found = await stat(file).catch(() => undefined);
  if (found === undefined || found.size > mostFileBytes) return undefined;
  const stamp = { modifiedMs: found.mtimeMs, sizeBytes: found.size };
  return { key, stamp, read: async () => readFile(file).then(codeText, () => undefined) };
}
