import type { Clock } from '../core/clock.js';
import type { Log } from '../core/log.js';
import { parseLogLine } from '../protocol/logLine.js';

const maxLineLength = 8192;
const windowMs = 1000;
const maxLengthPerWindow = 65_536;

/** Turns what the engine writes into log messages: bounded in memory, and in how much a flood of it can log. */
export class EngineOutput {
  readonly #clock: Clock;
  readonly #log: Log;
  #unfinished = '';
  #windowStartMs = -Infinity;
  #lengthInWindow = 0;
  #droppedLines = 0;

  constructor(clock: Clock, log: Log) {
    this.#clock = clock;
    this.#log = log;
  }

  append(chunk: string): void {
    const lines = (this.#unfinished + chunk).split('\n');
    this.#unfinished = (lines.pop() ?? '').slice(0, maxLineLength);
    for (const line of lines) this.#forward(line.slice(0, maxLineLength));
  }

  #forward(line: string): void {
    const nowMs = this.#clock.now();
    if (nowMs - this.#windowStartMs >= windowMs) {
      if (this.#droppedLines > 0) this.#log.warn(`engine: ${this.#droppedLines} more lines were not logged`);
      this.#windowStartMs = nowMs;
      this.#lengthInWindow = 0;
      this.#droppedLines = 0;
    }
    this.#lengthInWindow += line.length;
    if (this.#lengthInWindow > maxLengthPerWindow) {
      this.#droppedLines++;
      return;
    }
    const { level, message } = parseLogLine(line);
    this.#log[level](`engine: ${message}`);
  }
}
