import { describe, expect, it } from 'vitest';
import { OcclusionCost, planOcclusion, readLimit, refineOcclusion } from '../../../src/core/explain/occlusionPlan.js';
import { occlusionUnits, type OcclusionUnit } from '../../../src/core/explain/occlusionUnits.js';
import type { FittedPrompt } from '../../../src/core/prompt/fittedPrompt.js';

const lines = (count: number): string =>
  Array.from({ length: count }, (_, line) => `let line${line} = ${line};\n`).join('');
const promptOf = (lineCount: number): FittedPrompt => ({
  path: 'a.ts',
  chunks: [],
  prefix: lines(lineCount),
  prefixStartLine: 0,
  prefixDroppedTokens: 0,
  nearStart: 0,
  lineBreak: '',
  suffix: '\n}\nend();',
  suffixDroppedTokens: 0,
  currentLine: '  return ',
});
const planOf = (lineCount: number, tokens: number, detail: 'grouped' | 'every-line' = 'grouped') => {
  const prompt = promptOf(lineCount);
  const cost = new OcclusionCost(prompt, tokens, 10);
  const units = occlusionUnits(prompt, prompt.suffix.length);
  return { units, cost, plan: planOcclusion(units, cost, detail) };
};
const covered = (units: readonly OcclusionUnit[]): string[] =>
  units.flatMap(({ part, start, end }) =>
    Array.from({ length: end - start }, (_, index) => `${part} ${start + index}`),
  );

describe('OcclusionCost', () => {
  it('is what stands behind the unit: least at the cursor, all of the prompt for the path', () => {
    const { units, cost } = planOf(50, 500);
    const costs = units.map((unit) => cost.of(unit));
    expect(costs.at(-1)).toBeCloseTo(500 + 10, -1);
    expect([...costs.slice(2)].sort((left, right) => left - right)).toEqual(costs.slice(2));
    expect(Math.min(...costs)).toBeGreaterThan(10);
  });
});

describe('planOcclusion', () => {
  it('takes line by line what can be read within the limit', () => {
    const { units, plan } = planOf(100, 900);
    expect(plan.units).toEqual(units);
    expect(plan.groups.size).toBe(0);
  });

  it('groups far lines of a longer prompt, keeps near ones single and leaves half of the limit for looking closer', () => {
    const { units, cost, plan } = planOf(250, 2500);
    expect(cost.sum(units)).toBeGreaterThan(readLimit);
    expect(cost.sum(plan.units)).toBeLessThanOrEqual(readLimit / 2);
    expect(covered(plan.units).sort()).toEqual(covered(units).sort());
    expect(plan.units.slice(0, 14)).toEqual(units.slice(0, 14));
    expect(plan.units.at(-1)?.part).toBe('path');
  });

  it('takes every line when asked to, however many there are', () => {
    const { units, plan } = planOf(2000, 20_000, 'every-line');
    expect(plan.units).toEqual(units);
  });

  it('ends for a prompt of which even the nearest lines are too many', () => {
    const { plan } = planOf(13, 10_000_000);
    expect(plan.units.length).toBeGreaterThan(12);
  });
});

describe('refineOcclusion', () => {
  const { plan, cost } = planOf(250, 2500);
  const groups = [...plan.groups.keys()];
  const changesOf = (entries: readonly (readonly [OcclusionUnit, number])[]): Map<OcclusionUnit, number> =>
    new Map(entries);

  it('looks into the groups that matter, the most influential first', () => {
    const [first, second, third] = groups;
    const lineUnits = refineOcclusion(
      plan,
      changesOf([
        [first!, 0.5],
        [second!, -2],
        [third!, 0.05],
      ]),
      cost,
    );
    expect(lineUnits).toEqual([...plan.groups.get(second!)!, ...plan.groups.get(first!)!]);
  });

  it('looks into none when none matters beside the largest change', () => {
    expect(
      refineOcclusion(
        plan,
        changesOf([
          [groups[0]!, -0.5],
          [plan.units[0]!, -9],
        ]),
        cost,
      ),
    ).toEqual([]);
    expect(refineOcclusion(plan, changesOf(groups.map((group) => [group, 0.01])), cost)).toEqual([]);
  });

  it('stays within the limit when all matter', () => {
    const refined = refineOcclusion(plan, changesOf(groups.map((group) => [group, -1])), cost);
    expect(refined.length).toBeGreaterThan(0);
    expect(cost.sum(plan.units) + cost.sum(refined)).toBeLessThanOrEqual(readLimit);
  });
});
