import { beforeEach, describe, expect, it } from 'vitest';
import { GlassboxError } from '../../../src/core/errors.js';
import { SuggestionHistory } from '../../../src/core/explain/suggestionHistory.js';
import type { ExplainedToken } from '../../../src/core/explain/explainedTokens.js';
import { WhySession } from '../../../src/host/whySuggestion/whySession.js';
import { whySuggestionHandlers } from '../../../src/host/whySuggestion/whySuggestionHandlers.js';
import type { CallOptions, EngineClient, EngineContract, EngineMethod } from '../../../src/protocol/engineContract.js';
import { openSettings } from '../../support/documentText.js';
import { ManualClock } from '../../support/manualClock.js';
import { createPipeline } from '../../support/pipelineFixture.js';
import { inEnglish } from './translateFrom.js';

const uri = 'file:///project/src/file.ts';
const lines = ['one();', 'two();', 'const a = ', 'last();'];

/** Keeps each call until the test answers it. */
class WaitingEngine implements EngineClient {
  readonly calls: {
    readonly method: EngineMethod;
    readonly params: unknown;
    readonly options: CallOptions<'explain/occlude'>;
    readonly resolve: (result: unknown) => void;
    readonly reject: (error: Error) => void;
  }[] = [];

  call<K extends EngineMethod>(
    method: K,
    params: EngineContract[K]['params'],
    options: CallOptions<K> = {},
  ): Promise<EngineContract[K]['result']> {
    return new Promise((resolve, reject) => {
      options.signal?.addEventListener('abort', () => reject(new GlassboxError('cancelled', 'cancelled')));
      this.calls.push({ method, params, options: options as never, resolve: resolve as never, reject });
    });
  }
}

const explanation = {
  prompt: {
    parts: [{ kind: 'prefix', name: '', tokenCount: 4, text: 'one();\ntwo();\n' }],
    ...{ tokenCount: 4, contextLength: 64, prefixStartLine: 0 },
    cut: { prefixLines: 0, prefixLength: 0, suffixLength: 0, chunks: 0, currentLineLength: 0, readsPrefixOnly: false },
  },
  ...{ healedTokenCount: 0, tokens: [], contrastTokens: [] },
};
const unit = { part: 'prefix', start: 0, end: 1 } as const;

let engine: WaitingEngine;
let history: SuggestionHistory;
let clock: ManualClock;
let session: WhySession;

const turn = (): Promise<void> => clock.advance(100);

beforeEach(async () => {
  engine = new WaitingEngine();
  history = new SuggestionHistory();
  clock = new ManualClock();
  const pipeline = createPipeline(() => 'b + c;', {
    onOutcome: (record) => history.note(record),
    settings: () => ({ ...openSettings, memory: 'workspace' }),
  });
  session = new WhySession({
    ...{ engine, history, clock, t: inEnglish },
    cursor: () => ({ uri, position: { line: 2, character: 10 }, documentVersion: 1 }),
    model: async () => ({ folder: 'models/code', name: 'Code' }),
    document: () => ({ fileName: 'file.ts', lineCount: lines.length, lineAt: (line) => lines[line] ?? '' }),
  });
  expect(session.explainNewest()).toBe(false);
  await pipeline.ask('one();\ntwo();\nconst a = ‸\nlast();');
  expect(session.explainNewest()).toBe(true);
  await turn();
});

describe('WhySession', () => {
  it('explains, then leaves out, telling of each step', async () => {
    let told = 0;
    session.subscribe(() => told++);
    expect(session.snapshot()).toMatchObject({
      subject: { state: 'offered', text: 'b + c;' },
      explanation: { kind: 'running' },
    });
    engine.calls[0]!.resolve(explanation);
    await turn();
    expect(session.snapshot()).toMatchObject({
      explanation: { kind: 'ready', parts: [{ lines: { start: 0, end: 2 } }] },
      occlusion: { kind: 'running' },
    });
    const result = { unit, change: -1, contrastChange: undefined, isRefined: false };
    engine.calls[1]!.options.onProgress?.({ results: [result], doneRuns: 2, totalRuns: 5 });
    await turn();
    expect(session.snapshot().occlusion).toMatchObject({
      changes: [{ text: 'one();', lines: { start: 0, end: 1 }, change: -1 }],
      doneRuns: 2,
    });
    expect(told).toBeGreaterThan(1);
  });

  it('stops, keeps what was measured, and can be asked again', async () => {
    engine.calls[0]!.resolve(explanation);
    await turn();
    session.stop();
    await turn();
    expect(engine.calls[1]!.options.signal?.aborted).toBe(true);
    expect(session.snapshot().occlusion.kind).toBe('stopped');
    session.occlude('every-line');
    await turn();
    engine.calls[2]!.resolve(explanation);
    await turn();
    expect(engine.calls[3]!.params).toMatchObject({ detail: 'every-line' });
  });

  it('says when the engine ends in the middle', async () => {
    engine.calls[0]!.resolve(explanation);
    await turn();
    engine.calls[1]!.reject(new GlassboxError('engine-crashed', 'gone'));
    await turn();
    const { kind, message } = session.snapshot().occlusion;
    expect(kind).toBe('failed');
    expect(message).toContain('stopped unexpectedly');
    expect(session.snapshot().explanation.kind).toBe('ready');
  });

  it('cancels what runs for an earlier question', async () => {
    session.compare('null;');
    await turn();
    expect(engine.calls[0]!.options.signal?.aborted).toBe(true);
    expect(engine.calls[1]!.params).toMatchObject({ contrastText: 'null;' });
  });

  describe('with memory', () => {
    const token = (line: number, source: 'file' | 'workspace', path: string): ExplainedToken => ({
      ...{
        id: 1,
        text: 'b',
        logProb: -6,
        start: 0,
        end: 1,
        allowedLogProb: 0,
        rank: 40,
        alternatives: [],
        counts: true,
      },
      remembered: { logProb: -0.4, share: 0.9, place: { source, path, line, agreement: 7, agreementAhead: 0 } },
    });
    const remembering = {
      ...explanation,
      tokens: [token(1, 'file', 'src/file.ts'), token(11, 'workspace', 'src/cart.ts')],
      contrastTokens: [token(4, 'workspace', 'src/other.ts')],
    };
    const opened: unknown[] = [];
    const context = { signal: new AbortController().signal, report: () => undefined };
    const openPlace = (path: string, line: number): Promise<null> =>
      whySuggestionHandlers({
        session,
        reveal: async (...place) => void opened.push(place),
        openFile: async (...place) => void opened.push(place),
        triggerSuggestion: async () => undefined,
      })['why/openPlace']({ path, line }, context);

    beforeEach(async () => {
      opened.length = 0;
      engine.calls[0]!.resolve(remembering);
      await turn();
    });

    it('asks for tokens as they were written, and leaves out on the model alone', () => {
      expect(engine.calls[0]!.params).toMatchObject({ memory: 'workspace', singleLine: true });
      expect(engine.calls[1]!.params).not.toHaveProperty('memory');
    });

    it('names places in the document by their lines now, and none that are gone', async () => {
      history.documentChanged(uri, [{ startLine: 0, startCharacter: 0, endLine: 0, endCharacter: 0, text: 'new;\n' }]);
      expect(session.snapshot().explanation).toMatchObject({
        tokens: [
          { remembered: { share: 0.9, place: { path: 'src/file.ts', line: 2, agreement: 7 } } },
          { remembered: { place: { path: 'src/cart.ts', line: 11 } } },
        ],
      });
      history.documentChanged(uri, [{ startLine: 1, startCharacter: 0, endLine: 3, endCharacter: 0, text: '' }]);
      expect(session.snapshot().explanation).toMatchObject({
        tokens: [{ remembered: { share: 0.9, place: undefined } }, {}],
      });
    });

    it('opens the places that it names and no other', async () => {
      await openPlace('src/file.ts', 1);
      await openPlace('src/cart.ts', 11);
      await openPlace('src/other.ts', 4);
      expect(opened).toEqual([
        [uri, { start: 1, end: 2 }],
        ['src/cart.ts', 11],
        ['src/other.ts', 4],
      ]);
      await expect(openPlace('../secret.ts', 11)).rejects.toMatchObject({ code: 'bad-request' });
      await expect(openPlace('src/cart.ts', 12)).rejects.toMatchObject({ code: 'bad-request' });
      expect(opened).toHaveLength(3);
    });
  });

  it('names no line that has changed since', async () => {
    engine.calls[0]!.resolve(explanation);
    await turn();
    const result = { unit, change: -1, contrastChange: undefined, isRefined: false };
    engine.calls[1]!.options.onProgress?.({ results: [result], doneRuns: 2, totalRuns: 5 });
    lines[0] = 'changed();';
    await turn();
    expect(session.snapshot().occlusion.changes[0]?.lines).toBeUndefined();
    lines[0] = 'one();';
  });
});
