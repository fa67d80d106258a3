import { describe, expect, it } from 'vitest';
import { chooseModel, settingFor } from '../../../src/host/models/modelChoice.js';
import { modelNotices } from '../../../src/host/models/modelNotices.js';
import { modelRoots } from '../../../src/host/models/modelRoots.js';
import { modelRows } from '../../../src/host/models/modelRows.js';
import { damaged, model } from './scannedModels.js';
import { inEnglish } from './translateFrom.js';

const bundled = model('code', { source: 'bundled' });
const mine = model('mine');
const broken = model('broken', { problem: damaged, roles: [] });

describe('chooseModel', () => {
  it('takes the bundled model when nothing was chosen, whatever else is there', () => {
    expect(chooseModel([mine, bundled], '').active).toBe(bundled);
  });

  it.each([mine.id, mine.folder])('takes the model chosen by %s', (wanted) => {
    expect(chooseModel([bundled, mine], wanted)).toEqual({ active: mine, broken: undefined, missing: undefined });
  });

  it('falls back to the bundled model when the chosen one is broken, and says which', () => {
    expect(chooseModel([bundled, broken], 'broken')).toEqual({ active: bundled, broken, missing: undefined });
  });

  it('falls back to the bundled model when the chosen one is not there, and says which', () => {
    expect(chooseModel([bundled], 'gone')).toEqual({ active: bundled, broken: undefined, missing: 'gone' });
  });

  it('has nothing to offer, and says why, when the bundled model is broken too', () => {
    const damagedBundle = model('code', { source: 'bundled', problem: damaged });

    expect(chooseModel([damagedBundle], '')).toEqual({ active: undefined, broken: damagedBundle, missing: undefined });
  });

  it('never takes a model that cannot complete', () => {
    const encoder = model('encoder', { source: 'bundled', roles: ['embedding'] });

    expect(chooseModel([encoder], 'encoder').active).toBeUndefined();
  });
});

describe('settingFor', () => {
  it('is the id, or the folder when two models share the id', () => {
    const twin = model('mine', { folder: '/elsewhere/mine' });

    expect(settingFor(mine, [bundled, mine])).toBe('mine');
    expect(settingFor(twin, [bundled, mine, twin])).toBe('/elsewhere/mine');
  });
});

describe('modelRoots', () => {
  it('are the bundled folder alone in a workspace that is not trusted', () => {
    expect(modelRoots('/ext/models', ['/my/models'], false)).toEqual([{ path: '/ext/models', source: 'bundled' }]);
  });

  it('leave out relative folders, which every window would read differently', () => {
    expect(modelRoots('/ext/models', ['models', '/my/models'], true).map(({ path }) => path)).toEqual([
      '/ext/models',
      '/my/models',
    ]);
  });
});

describe('modelNotices', () => {
  it('tells of a broken folder of the user, even when it was not chosen', () => {
    const models = [bundled, broken];
    const [notice, ...others] = modelNotices(models, chooseModel(models, ''), inEnglish);

    expect(others).toEqual([]);
    expect(notice?.sentence).toContain('Model broken');
    expect(notice?.error.code).toBe('model-hash-mismatch');
  });

  it('tells of a chosen model that is not there', () => {
    expect(modelNotices([bundled], chooseModel([bundled], 'gone'), inEnglish)).toMatchObject([
      { fault: 'model gone missing', error: { code: 'model-not-found' } },
    ]);
  });

  it('has nothing to tell when all is well or nothing is known', () => {
    expect(modelNotices([bundled, mine], chooseModel([bundled, mine], 'mine'), inEnglish)).toEqual([]);
    expect(modelNotices([], undefined, inEnglish)).toEqual([]);
  });
});

describe('modelRows', () => {
  it('show the active model with a check mark and broken ones last with the reason', () => {
    const rows = modelRows([broken, bundled, mine, model('encoder', { roles: ['embedding'] })], mine, inEnglish);

    expect(rows.map(({ label }) => label)).toEqual([
      '$(package) Model code',
      '$(check) Model mine',
      '$(warning) Model broken',
    ]);
    expect(rows[0]).toMatchObject({ description: 'bundled · 1.0.0', detail: '12 MB · 1024 tokens of context · MIT' });
    expect(rows[2]?.detail).toContain('damaged');
  });
});
