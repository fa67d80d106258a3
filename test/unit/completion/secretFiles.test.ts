import { describe, expect, it } from 'vitest';
import { SecretFiles } from '../../../src/core/completion/secretFiles.js';

const secretFiles = new SecretFiles();
const isSecret = (path: string, globs: readonly string[] = []): boolean =>
  secretFiles.includes({ path, uri: `file:///project/${encodeURI(path)}` }, globs);

describe('SecretFiles', () => {
  it.each([
    '.env',
    '.ENV',
    'apps/web/.env',
    '.env.production',
    'prod.env',
    'server.pem',
    'tls/private.KEY',
    'id_rsa',
    'id_ed25519.pub',
    'deploy_rsa',
    'secrets.yaml',
    'my-secret-notes.txt',
    'client_secret_1234.json',
    'credentials',
    'gcloud/credentials.json',
    '.npmrc',
    '.netrc',
    '.git-credentials',
    'infra/prod.tfvars',
    '.aws/config',
    'home/.ssh/config',
    '.docker/config.json',
    '설정/.env',
  ])('%s is secret', (path) => {
    expect(isSecret(path)).toBe(true);
  });

  it.each([
    'src/secretFiles.ts',
    'credential_store.py',
    'id_generator.go',
    'docs/secrets.md',
    'environment.ts',
    'src/env.ts',
    'keyboard.json',
    'monkey.txt',
    'package.json',
    'Dockerfile',
    'src/.environment/readme.txt',
  ])('%s is not', (path) => {
    expect(isSecret(path)).toBe(false);
  });

  it('reads the address when the path in the workspace says nothing', () => {
    expect(secretFiles.includes({ path: '', uri: 'file:///home/me/.aws/config' }, [])).toBe(true);
    expect(secretFiles.includes({ path: '', uri: 'file:///c%3A/work/%2Eenv' }, [])).toBe(true);
    expect(secretFiles.includes({ path: '', uri: 'vscode-notebook-cell:/project/a.ipynb#secret' }, [])).toBe(false);
    expect(secretFiles.includes({ path: '', uri: 'untitled:Untitled-1' }, [])).toBe(false);
    expect(secretFiles.includes({ path: '', uri: 'file:///bad%E0%A4%A/.env' }, [])).toBe(true);
  });

  it('adds the globs of the user, also for source code, and ignores empty ones', () => {
    expect(isSecret('src/keys/table.ts', ['src/keys/**'])).toBe(true);
    expect(isSecret('src/other/table.ts', ['src/keys/**', '', '  '])).toBe(false);
    expect(isSecret('a/b/prices.csv', ['prices.csv'])).toBe(true);
  });
});
