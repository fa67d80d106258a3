import { appendFileSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';

/** Keeps every answer as soon as it is there, so that an evaluation that was stopped goes on where it was. */
export class AnswerStore {
  readonly #file: string | undefined;
  readonly #answers = new Map<string, unknown>();

  /** @param file JSON Lines of `[key, answer]`; nothing is kept beyond this process without one. */
  constructor(file: string | undefined) {
    this.#file = file;
    if (file === undefined) return;
    mkdirSync(path.dirname(file), { recursive: true });
    if (!existsSync(file)) return;
    const contents = readFileSync(file, 'utf8');
    const whole = contents.slice(0, contents.lastIndexOf('\n') + 1);
    for (const line of whole.split('\n').slice(0, -1)) {
      const [key, answer] = JSON.parse(line) as [string, unknown];
      this.#answers.set(key, answer);
    }
    // What was being written when the machine went away.
    if (whole !== contents) writeFileSync(file, whole);
  }

  /** The answer that was stored under this key, else the one that `ask` gives, which is stored. */
  async take<T>(key: string, ask: () => Promise<T>): Promise<T> {
    const known = this.get(key);
    if (known !== undefined) return known as T;
    const answer = await ask();
    this.#answers.set(key, answer);
    if (this.#file !== undefined) appendFileSync(this.#file, `${JSON.stringify([key, answer])}\n`);
    return answer;
  }

  /** The stored answer; undefined when there is none. */
  get(key: string): unknown {
    return this.#answers.get(key);
  }
}
