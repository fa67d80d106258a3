import picomatch from 'picomatch';
import { LruMap } from '../flow/lruMap.js';

/**
 * Files that hold secrets by convention: environment files, private keys and certificates with keys, credential stores
 * of package managers, clouds and clients. Never completed in, never used as context. A pattern without a slash is
 * matched against the file name in any folder; case does not matter.
 */
export const builtInSecretGlobs: readonly string[] = [
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
  'id_*',
  '*_{rsa,dsa,ecdsa,ed25519}',
  '*secret*',
  '*credential*',
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
  '**/.ssh/**',
  '**/.gnupg/**',
  '**/.aws/**',
  '**/.azure/**',
  '**/.kube/**',
  '**/.docker/config.json',
];

/**
 * Source code whose name merely speaks of secrets (`secretFiles.ts`, `credentialStore.py`, `id_generator.go`) is code:
 * the patterns that say nothing about the kind of file do not apply to it. The others, and the user's own, do.
 */
const sourceCode = /\.(?:[cm]?[jt]sx?|py|go|rs|java|kt|cs|rb|php|swift|c|cc|cpp|h|hpp|md|html|css|vue|svelte)$/i;
const namePatterns: ReadonlySet<string> = new Set(['id_*', '*secret*', '*credential*']);
const options = { dot: true, nocase: true, windows: false };

type Matcher = (path: string) => boolean;

/** Decides which files count as secret. Compiled patterns are kept, a handful of lists at most. */
export class SecretFiles {
  readonly #builtIn: Matcher = picomatch(
    builtInSecretGlobs.filter((glob) => !namePatterns.has(glob)).map(inAnyFolder),
    options,
  );
  readonly #names: Matcher = picomatch([...namePatterns].map(inAnyFolder), options);
  readonly #userLists = new LruMap<string, Matcher>(8);

  /**
   * True when the document may hold secrets. Both the path in the workspace and the address are looked at, since one
   * of them may be empty or name the folder that gives the file away.
   * @param userGlobs patterns the user added to {@link builtInSecretGlobs}
   */
  includes(document: { readonly path: string; readonly uri: string }, userGlobs: readonly string[]): boolean {
    const user = this.#userMatcher(userGlobs);
    return [document.path, pathOfUri(document.uri)].some(
      (path) =>
        path !== '' && (this.#builtIn(path) || (this.#names(path) && !sourceCode.test(path)) || user?.(path) === true),
    );
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
