import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';

/**
 * Lays an empty language pack: VS Code's own words stay English, and extensions are told the language. (The packs with
 * VS Code's words come from a marketplace, and tests ask no server.)
 *
 * @param userData User data folder of a server that is yet to start.
 * @returns The arguments that choose the language.
 */
export function layLanguagePack(userData: string, locale: string): readonly string[] {
  mkdirSync(userData, { recursive: true });
  const translations = path.join(userData, 'translations.json');
  writeFileSync(translations, JSON.stringify({ version: '1.0.0', contents: {} }));
  const extension = { extensionIdentifier: { id: 'glassbox-test.language-pack' }, version: '1.0.0' };
  const pack = { hash: 'empty', label: locale, extensions: [extension], translations: { vscode: translations } };
  writeFileSync(path.join(userData, 'languagepacks.json'), JSON.stringify({ [locale]: pack }));
  return ['--locale', locale];
}
