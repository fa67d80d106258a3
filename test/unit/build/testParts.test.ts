import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { countTests } from '../../../src/build/testParts.mjs';

const part = { name: 'part', title: 'A part', command: [] };

describe('countTests', () => {
  it('counts a part without report as one test', () => {
    expect(countTests(part, 0)).toEqual({ passed: 1, failed: 0, skipped: 0 });
    expect(countTests(part, 2)).toEqual({ passed: 0, failed: 1, skipped: 0 });
  });

  it('fails when the report is missing, whatever the exit code', () => {
    expect(countTests({ ...part, report: '/nowhere/report.json' }, 0).failed).toBe(1);
  });

  it('reads the report, and believes an exit code that says worse', () => {
    const folder = mkdtempSync(path.join(os.tmpdir(), 'glassbox-report-'));
    const report = path.join(folder, 'report.json');
    const counts = { numPassedTests: 5, numFailedTests: 0, numPendingTests: 2, numTodoTests: 1 };
    writeFileSync(report, JSON.stringify(counts));

    expect(countTests({ ...part, report }, 0)).toEqual({ passed: 5, failed: 0, skipped: 3 });
    expect(countTests({ ...part, report }, 1)).toEqual({ passed: 5, failed: 1, skipped: 3 });
    rmSync(folder, { recursive: true });
  });
});
