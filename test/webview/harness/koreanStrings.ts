import { readFileSync } from 'node:fs';
import path from 'node:path';
import { root } from '../../e2e/editor/places.js';

/** What a page says in Korean: English sentence to translation. */
export const koreanStrings = JSON.parse(
  readFileSync(path.join(root, 'media/l10n/bundle.l10n.ko.json'), 'utf8'),
) as Readonly<Record<string, string>>;
