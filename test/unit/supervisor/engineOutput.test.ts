import { describe, expect, it } from 'vitest';
import type { Log } from '../../../src/core/log.js';
import { formatLogLine, logLevels, parseLogLine } from '../../../src/protocol/logLine.js';
import { EngineOutput } from '../../../src/supervisor/engineOutput.js';
import { ManualClock } from '../../support/manualClock.js';

function recorder(): { log: Log; lines: string[] } {
  const lines: string[] = [];
  const at = (level: string) => (message: string) => void lines.push(`${level} ${message}`);
  return {
    log: { trace: at('trace'), debug: at('debug'), info: at('info'), warn: at('warn'), error: at('error') },
    lines,
  };
}

describe('a log line', () => {
  it.each(logLevels)('keeps level and message at %s', (level) => {
    const message = 'two\nlines, \\n, a back\\slash and \r';
    const line = formatLogLine(level, message);
    expect(line.indexOf('\n')).toBe(line.length - 1);
    expect(parseLogLine(line.slice(0, -1))).toEqual({ level, message });
  });

  it('of another origin is at debug', () => {
    expect(parseLogLine('FATAL ERROR: heap out of memory')).toEqual({
      level: 'debug',
      message: 'FATAL ERROR: heap out of memory',
    });
  });
});

describe('what the engine writes', () => {
  it('is logged line by line, however it is cut', () => {
    const { log, lines } = recorder();
    const output = new EngineOutput(new ManualClock(), log);
    for (const character of '[info] loaded\nnative noise\n[warn] unfinished') output.append(character);
    expect(lines).toEqual(['info engine: loaded', 'debug engine: native noise']);
  });

  it('is bounded: a flood is counted, not logged', async () => {
    const { log, lines } = recorder();
    const clock = new ManualClock();
    const output = new EngineOutput(clock, log);
    for (let count = 0; count < 1000; count++) output.append(`${'x'.repeat(1000)}\n`);
    expect(lines).toHaveLength(65);
    await clock.advance(1000);
    output.append('[info] calm again\n');
    expect(lines.slice(-2)).toEqual(['warn engine: 935 more lines were not logged', 'info engine: calm again']);
  });

  it('is bounded: a line that never ends is cut', () => {
    const { log, lines } = recorder();
    const output = new EngineOutput(new ManualClock(), log);
    for (let count = 0; count < 1000; count++) output.append('x'.repeat(1000));
    output.append('\n');
    expect(lines).toEqual([`debug engine: ${'x'.repeat(8192)}`]);
  });
});
