import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

const megabyte = 1 << 20;

/** A text of about a megabyte. */
export interface TokenizingText {
  readonly name: string;
  readonly text: string;
  /** False where the libraries take minutes or exhaust their stack, so that only Glassbox is measured. */
  readonly isForAll: boolean;
}

/** This repository's own code, the same on one line, Korean, and what nobody means to tokenize but somebody opens. */
export function tokenizingTexts(root: string): readonly TokenizingText[] {
  const code = repeat(sourcesBelow(path.join(root, 'src')) + sourcesBelow(path.join(root, 'test')));
  const korean = readFileSync(path.join(root, 'media/l10n/bundle.l10n.ko.json'), 'utf8').replace(/[\x21-\x7e]+/g, '');
  return [
    { name: 'code', text: code, isForAll: true },
    { name: 'code on one line', text: code.replace(/\s+/g, ' '), isForAll: true },
    { name: 'Korean', text: repeat(korean), isForAll: true },
    { name: 'random bytes', text: randomText(), isForAll: false },
    { name: 'one letter', text: 'a'.repeat(megabyte), isForAll: false },
  ];
}

/** Up to a megabyte in UTF-8. */
function repeat(text: string): string {
  const bytes = Buffer.from(text.repeat(Math.ceil(megabyte / Buffer.byteLength(text))));
  return new TextDecoder().decode(bytes.subarray(0, megabyte)).replace(/\ufffd+$/, '');
}

function sourcesBelow(folder: string): string {
  const names = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.ts'));
  return names
    .filter((name) => !name.includes('node_modules'))
    .sort()
    .map((name) => readFileSync(path.join(folder, name), 'utf8'))
    .join('');
}

/** What an editor makes of a binary file: half a megabyte of bytes, the same every time, most of them replaced. */
function randomText(): string {
  const bytes = new Uint8Array(megabyte / 2);
  let state = 1;
  for (let index = 0; index < bytes.length; index++) {
    state = (Math.imul(state, 1_103_515_245) + 12_345) & 0x7fffffff;
    bytes[index] = state >> 16;
  }
  return new TextDecoder().decode(bytes);
}
