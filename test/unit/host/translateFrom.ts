import type { Translate } from '../../../src/host/translate.js';

/** Translates as the editor does with a bundle: a sentence that is missing there stays English. */
export function translateFrom(bundle: Readonly<Record<string, string>>): Translate {
  return (message, ...values) =>
    (bundle[message] ?? message).replace(/\{(\d)\}/g, (_, index: string) => String(values[Number(index)]));
}

/** The sentences as they stand in the code. */
export const inEnglish: Translate = translateFrom({});
