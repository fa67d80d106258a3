import { expect, it } from 'vitest';
import { CompletionPipeline } from '../../../src/core/completion/completionPipeline.js';
import { DocumentText, openSettings } from '../../support/documentText.js';
import { ManualClock } from '../../support/manualClock.js';
import { ScriptedEngine } from '../../support/scriptedEngine.js';
import { silentLog } from '../../support/silentLog.js';

const code = (line: number): string =>
  `    const value${String(line)} = compute(${String(line)}, "한국어 👩‍👩‍👧", options[${String(line)}]);`;
const lines = (count: number): string[] => Array.from({ length: count }, (_, line) => code(line));
const long = `const data = "${'0123456789abcdef'.repeat(65_536)}";`;

/** Processor time of one request, everything but the engine and the delay: gate, window, key, cache, prompt, post-processing. */
async function medianCpuMs(
  makeDocument: (typed: string) => DocumentText,
  line: number,
  character: number,
): Promise<number> {
  const pipeline = new CompletionPipeline({
    engine: new ScriptedEngine(
      ({ prompt }) => `compute(${String(prompt.currentLine.length)}, other);\n    next(value);`,
    ),
    clock: new ManualClock(),
    log: silentLog,
    settings: () => openSettings,
    model: () => ({ id: 'code', hash: 'abc', contextLength: 1_024 }),
    alternatives: [],
  });
  const samples: number[] = [];
  for (let key = 1; key <= 200; key++) {
    const typed = 'const x = y.z;'.repeat(20).slice(0, key);
    const document = makeDocument(typed);
    const position = { line, character: character + typed.length };
    const query = { document, position, selections: [], selectedSuggestion: undefined, isComposing: false } as const;
    // The editor hands out flat strings; one just put together is flattened by its first reader.
    document.lineAt(line).charCodeAt(character);
    const before = process.cpuUsage();
    const outcome = await pipeline.provide({ ...query, trigger: 'explicit' }, new AbortController().signal);
    const { user, system } = process.cpuUsage(before);
    samples.push((user + system) / 1_000);
    expect(outcome.kind).not.toBe('failed');
  }
  return samples.sort((a, b) => a - b)[100] ?? Infinity;
}

it.each<[string, (typed: string) => DocumentText, number, number]>([
  ['a small file', (typed) => new DocumentText([...lines(20), typed, ...lines(20)].join('\n')), 20, 0],
  ['the middle of 10,000 lines', documentOf(lines(10_000), 5_000), 5_000, 0],
  ['the end of 10,000 lines', documentOf(lines(10_000), 10_000), 10_000, 0],
  [
    'the middle of 1 MB on one line',
    (typed) => withLine(long.slice(0, 500_000) + typed + long.slice(500_000)),
    0,
    500_000,
  ],
  ['the end of 1 MB on one line', (typed) => withLine(long + typed), 0, long.length],
  ['between lines of 1 MB', documentOf([long, long, '', long, long], 2), 2, 0],
])('a key in %s costs less than 5 ms', async (name, makeDocument, line, character) => {
  const cost = await medianCpuMs(makeDocument, line, character);
  expect(cost, `median of 200 keys in ${name}`).toBeLessThan(5);
});

function documentOf(around: readonly string[], line: number): (typed: string) => DocumentText {
  return (typed) => {
    const document = new DocumentText('');
    return Object.assign(document, { lines: [...around.slice(0, line), typed, ...around.slice(line)] });
  };
}

function withLine(line: string): DocumentText {
  return Object.assign(new DocumentText(''), { lines: [line] });
}
