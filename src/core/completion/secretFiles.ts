import picomatch from 'picomatch';
import { LruMap } from '../flow/lruMap.js';

/**
 * Names of files that hold secrets by convention: environment files, private keys and certificates with keys, credential
 * stores of package managers, clouds and clients. Globs on the file name, in any folder; case does not matter.
 */
export const secretFileNames: readonly string[] = [
  '.env',
  '.env.*',
  '*.env',
  '.envrc',
  '.dev.vars',
  '*.pem',
  '*.key',
  '*.p8',
  '*.p12',
  '*.pfx',
  '*.ppk',
  '*.jks',
  '*.keystore',
  '*.kdb',
  '*.kdbx',
  '*.asc',
  '*.gpg',
  '*_rsa',
  '*_dsa',
  '*_ecdsa',
  '*_ed25519',
  '.npmrc',
  '.yarnrc',
  '.pypirc',
  '.netrc',
  '_netrc',
  '.pgpass',
  '.my.cnf',
  '.htpasswd',
  '.git-credentials',
  '.dockercfg',
  '*.tfvars',
  '*.tfstate',
  '*.ovpn',
  'service-account*.json',
];

/**
 * The same for names that say nothing about the kind of file. Source code that merely speaks of secrets
 * (`secretFiles.ts`, `credentialStore.py`, `id_generator.go`) is code, so these do not apply to it.
 */
export const secretDataNames: readonly string[] = ['id_*', '*secret*', '*credential*'];

/** Folders in which every file is taken for a secret. */
export const secretFolders: ReadonlySet<string> = new Set(['.ssh', '.gnupg', '.aws', '.azure', '.kube', '.docker']);

const sourceCode = /\.(?:[cm]?[jt]sx?|py|go|rs|java|kt|cs|rb|php|swift|c|cc|cpp|h|hpp|md|html|css|vue|svelte)$/i;
const options = { dot: true, nocase: true, windows: false };

type Matcher = (path: string) => boolean;

/** Decides which files count as secret. The compiled patterns of a handful of user lists are kept. */
export class SecretFiles {
  readonly #isSecretName = anyOf(secretFileNames);
  readonly #isSecretData = anyOf(secretDataNames);
  readonly #userLists = new LruMap<string, Matcher>(8);

  /**
   * True when the document may hold secrets. Both the path in the workspace and the address are looked at, since one
   * of them may be empty or name the folder that gives the file away.
   * @param userGlobs the user's own patterns; one without a slash is matched against the file name in any folder
   */
  includes(document: { readonly path: string; readonly uri: string }, userGlobs: readonly string[]): boolean {
    const isUserSecret = this.#userMatcher(userGlobs);
    return [document.path, pathOfUri(document.uri)].some(
      (path) => path !== '' && (this.#isBuiltInSecret(path) || isUserSecret?.(path) === true),
    );
  }

  #isBuiltInSecret(path: string): boolean {
    const folders = path.split('/');
    const name = folders.pop() ?? '';
    if (folders.some((folder) => secretFolders.has(folder.toLowerCase()))) return true;
    return this.#isSecretName(name) || (this.#isSecretData(name) && !sourceCode.test(name));
  }

  #userMatcher(globs: readonly string[]): Matcher | undefined {
    const usable = globs.filter((glob) => glob.trim() !== '');
    if (usable.length === 0) return undefined;
    const key = usable.join('\n');
    const known = this.#userLists.get(key);
    if (known !== undefined) return known;
    const matcher = picomatch(usable.map(inAnyFolder), options);
    this.#userLists.set(key, matcher);
    return matcher;
  }
}

/** One pattern for all names: compiling forty takes twenty times as long, at a moment when the user waits. */
function anyOf(names: readonly string[]): Matcher {
  return picomatch(`{${names.join(',')}}`, options);
}

function inAnyFolder(glob: string): string {
  return glob.includes('/') ? glob : `**/${glob}`;
}

function pathOfUri(uri: string): string {
  const path = uri.replace(/^[a-z][a-z\d+.-]*:(?:\/\/[^/]*)?\/*/i, '').replace(/[?#].*$/s, '');
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
}
