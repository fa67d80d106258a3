import { beforeEach, describe, expect, it } from 'vitest';
import type { CompletionOutcome } from '../../../src/core/completion/completionOutcome.js';
import type { CompletionQuery } from '../../../src/core/completion/completionQuery.js';
import { GlassboxError } from '../../../src/core/errors.js';
import type { Log } from '../../../src/core/log.js';
import { CompletionRequests } from '../../../src/host/completion/completionRequests.js';
import { candidateOf } from '../../support/candidates.js';
import { queryAt } from '../../support/documentText.js';
import { ManualClock } from '../../support/manualClock.js';

const secret = 'const password = 1;';
const noModel: CompletionOutcome = { kind: 'skipped', reason: 'no-model' };
const shown: CompletionOutcome = {
  kind: 'shown',
  source: 'model',
  candidates: [candidateOf(secret, { start: { line: 0, character: 0 }, end: { line: 0, character: 0 } })],
  timings: { gateMs: 0.1, delayMs: 40, promptMs: 1, engineMs: 80, postProcessMs: 0.4, totalMs: 121.5 },
};

class RecordingLog implements Log {
  readonly lines: string[] = [];
  trace = (message: string): void => void this.lines.push(`trace ${message}`);
  debug = (message: string): void => void this.lines.push(`debug ${message}`);
  info = (message: string): void => void this.lines.push(`info ${message}`);
  warn = (message: string): void => void this.lines.push(`warn ${message}`);
  error = (message: string): void => void this.lines.push(`error ${message}`);
}

function pythonQuery(version: number): CompletionQuery {
  return queryAt('‸', { document: { languageId: 'python', version } });
}

let log: RecordingLog;
let outcomes: CompletionOutcome[];
let asked: number[];
let busy: boolean[];
let findModels: () => Promise<unknown>;
let requests: CompletionRequests;

beforeEach(() => {
  log = new RecordingLog();
  outcomes = [];
  asked = [];
  busy = [];
  findModels = () => Promise.resolve();
  requests = new CompletionRequests({
    pipeline: {
      provide: (query) => {
        asked.push(query.document.version);
        const outcome = outcomes.shift();
        return outcome === undefined ? Promise.reject(new Error('asked too often')) : Promise.resolve(outcome);
      },
    },
    findModels: () => findModels(),
    clock: new ManualClock(),
    log,
    onActivity: () => busy.push(requests.isBusy),
  });
});

const { signal } = new AbortController();

describe('CompletionRequests', () => {
  it('writes every request to the log with its id, the outcome and the timings, and no text above trace', async () => {
    outcomes = [shown, { kind: 'skipped', reason: 'secret-file' }];
    await requests.request(() => pythonQuery(1), signal);
    await requests.request(() => pythonQuery(2), signal);

    expect(log.lines[0]).toMatch(
      /^info request 000 automatic python v1: shown 1 from model; .*delay 40 ms.*engine 80 ms/,
    );
    expect(log.lines.at(-1)).toMatch(/^debug request 001 automatic python v2: skipped, secret-file/);
    expect(log.lines.filter((line) => line.includes(secret)).map((line) => line.split(' ')[0])).toEqual(['trace']);
  });

  it('looks for models when the first request needs one, and asks again with the document of then', async () => {
    outcomes = [noModel, shown];
    let version = 1;
    findModels = () => {
      version = 2;
      return Promise.resolve();
    };

    expect((await requests.request(() => pythonQuery(version), signal)).kind).toBe('shown');
    expect(asked).toEqual([1, 2]);
  });

  it('does not look for models for a request that is turned away before', async () => {
    outcomes = [{ kind: 'skipped', reason: 'language-disabled' }];
    findModels = () => Promise.reject(new Error('the engine would start'));

    expect(await requests.request(() => pythonQuery(1), signal)).toEqual({
      kind: 'skipped',
      reason: 'language-disabled',
    });
  });

  it('answers with the error when no engine can look for models', async () => {
    outcomes = [noModel];
    findModels = () => Promise.reject(new GlassboxError('engine-unavailable', 'down'));

    expect(await requests.request(() => pythonQuery(1), signal)).toMatchObject({
      kind: 'failed',
      error: { code: 'engine-unavailable' },
    });
    expect(requests.latest?.outcome.kind).toBe('failed');
  });

  it('ends as cancelled when it was cancelled while models were looked for', async () => {
    outcomes = [noModel];
    const controller = new AbortController();
    findModels = () => {
      controller.abort();
      return Promise.resolve();
    };

    expect((await requests.request(() => pythonQuery(1), controller.signal)).kind).toBe('cancelled');
    expect(asked).toEqual([1]);
  });

  it('says a failure that repeats with every key once, and again after it had gone', async () => {
    const down: CompletionOutcome = { kind: 'failed', error: new GlassboxError('engine-unavailable', 'down') };
    outcomes = [down, down, shown, down];
    for (let version = 1; version <= 4; version++) await requests.request(() => pythonQuery(version), signal);

    const levels = log.lines.filter((line) => !line.startsWith('trace')).map((line) => line.split(' ')[0]);
    expect(levels).toEqual(['warn', 'debug', 'info', 'warn']);
  });

  it('is busy from the start of a request to its end', async () => {
    outcomes = [shown];
    await requests.request(() => pythonQuery(1), signal);

    expect(busy).toEqual([true, false]);
  });
});
