import { describe, expect, it } from 'vitest';
import { describeOutcome } from '../../../src/host/completion/describeOutcome.js';
import { engineReport, type EngineReportInputs } from '../../../src/host/engine/engineReport.js';
import { candidateOf } from '../../support/candidates.js';
import { resultOf } from '../../support/scriptedEngine.js';
import { model } from './scannedModels.js';
import { inEnglish } from './translateFrom.js';

const active = model('code');
const range = { start: { line: 0, character: 0 }, end: { line: 0, character: 0 } };
const outcome = {
  kind: 'shown',
  source: 'model',
  candidates: [candidateOf('secret', range, resultOf('secret'))],
  timings: { gateMs: 0.1, delayMs: 40, promptMs: 1, engineMs: 80, postProcessMs: 0.4, totalMs: 121.5 },
} as const;
const running: EngineReportInputs = {
  condition: 'ready',
  state: {
    pid: 4242,
    onnxRuntimeVersion: '1.30.0',
    residentBytes: 157_400_000,
    queueLength: 1,
    models: [{ id: 'code', folder: active.folder, loadMs: 612.4, cachedTokenCount: 319, rememberedTokenCount: 4711 }],
  },
  active,
  latest: {
    id: '00c',
    query: { position: range.start, trigger: 'automatic', uri: 'file:///a' },
    outcome,
    totalMs: 121.5,
  },
};

describe('engineReport', () => {
  it('tells process, memory, models, tokens in the cache and the stages of the last request', () => {
    const report = engineReport(running, inEnglish);

    for (const fact of [
      '4242',
      '157 MB',
      '1\\.30\\.0',
      '| code ✓ |',
      '612 ms',
      '319',
      '00c',
      '80 ms',
      '10, of which 0',
    ]) {
      expect(report.replaceAll('\\.', '.')).toContain(fact.replaceAll('\\.', '.'));
    }
  });

  it('holds no text of the user', () => {
    expect(engineReport(running, inEnglish)).not.toContain('secret');
    expect(describeOutcome(outcome, 121.5)).not.toContain('secret');
  });

  it('says so when nothing runs and nothing was asked', () => {
    const report = engineReport(
      { condition: 'stopped', state: undefined, active: undefined, latest: undefined },
      inEnglish,
    );

    expect(report).toContain('The engine is not running.');
    expect(report).toContain('There was none in this window.');
  });

  it('does not let a folder name become markup', () => {
    const folder = '/m/a|b`[x](command:evil)';
    const state = {
      ...running.state!,
      models: [{ id: '<b>', folder, loadMs: 1, cachedTokenCount: 0, rememberedTokenCount: 0 }],
    };

    const report = engineReport({ ...running, state }, inEnglish);

    expect(report).not.toMatch(/[^\\]\[x[^\\]?\]\(command/);
    expect(report).toContain('a\\|b\\`\\[x\\]\\(command:evil\\)');
    expect(report).toContain('\\<b\\>');
  });
});
