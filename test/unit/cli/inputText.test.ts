import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readInputText } from '../../../src/cli/inputText.js';
import { chunksOf } from './fakes.js';

let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(path.join(os.tmpdir(), 'glassbox-input-'));
});
afterAll(async () => rm(folder, { recursive: true }));

async function readBytes(bytes: readonly number[]): Promise<string> {
  const file = path.join(folder, 'file');
  await writeFile(file, Uint8Array.from(bytes));
  return readInputText(file, chunksOf(''));
}

describe('readInputText', () => {
  it('reads standard input that is cut within characters', async () => {
    expect(await readInputText('-', chunksOf('한글 👩‍💻\r\n', 1))).toBe('한글 👩‍💻\r\n');
  });

  it('drops a byte order mark, as editors do', async () => {
    expect(await readBytes([0xef, 0xbb, 0xbf, 0x61])).toBe('a');
  });

  it('reads an empty file as an empty text', async () => {
    expect(await readBytes([])).toBe('');
  });

  it.each([
    ['a NUL byte', [0x61, 0x00, 0x62], 'binary'],
    ['a PNG file', [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0x00], 'binary'],
    ['Latin-1', [0x63, 0x61, 0x66, 0xe9], 'not UTF-8'],
  ])('refuses %s', async (_, bytes, reason) => {
    await expect(readBytes(bytes)).rejects.toMatchObject({
      code: 'file-unreadable',
      message: expect.stringContaining(reason) as string,
    });
  });

  it('says that a missing file does not exist and that a folder is a folder', async () => {
    const missing = path.join(folder, 'missing');
    await expect(readInputText(missing, chunksOf(''))).rejects.toMatchObject({ message: `${missing} does not exist.` });
    await expect(readInputText(folder, chunksOf(''))).rejects.toMatchObject({ message: `${folder} is a folder.` });
  });
});
