import { appendFileSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { AnswerStore } from '../../eval/measure/answerStore.js';

let folder: string;
let file: string;
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'glassbox-eval-'));
  file = path.join(folder, 'new/answers.jsonl');
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const refused = (): Promise<never> => Promise.reject(new Error('asked again'));

describe('stored answers', () => {
  it('are not asked for again, also by another run', async () => {
    await new AnswerStore(file).take('a', async () => ({ shown: '값' }));
    const next = new AnswerStore(file);

    expect(await next.take('a', refused)).toEqual({ shown: '값' });
    expect(next.get('b')).toBeUndefined();
  });

  it('lose what was being written when the machine went away, and nothing else', async () => {
    await new AnswerStore(file).take('a', async () => 1);
    appendFileSync(file, '["b",{"shown":"hal');
    const next = new AnswerStore(file);
    await next.take('b', async () => 2);

    expect(new AnswerStore(file).get('a')).toBe(1);
    expect(new AnswerStore(file).get('b')).toBe(2);
    expect(readFileSync(file, 'utf8')).toBe('["a",1]\n["b",2]\n');
  });

  it('of a task that fails are not stored', async () => {
    const store = new AnswerStore(file);

    await expect(store.take('a', refused)).rejects.toThrow('asked again');
    expect(new AnswerStore(file).get('a')).toBeUndefined();
  });
});
