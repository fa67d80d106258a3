import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { occlusionUnits, unitText, withoutUnit, type OcclusionUnit } from '../../../src/core/explain/occlusionUnits.js';
import type { FittedPrompt } from '../../../src/core/prompt/fittedPrompt.js';

const fitted = (changes: Partial<FittedPrompt>): FittedPrompt => ({
  path: '',
  chunks: [],
  prefix: '',
  prefixStartLine: 0,
  prefixDroppedTokens: 0,
  nearStart: 0,
  lineBreak: '',
  suffix: '',
  suffixDroppedTokens: 0,
  currentLine: '',
  ...changes,
});
const unitsOf = (prompt: FittedPrompt): readonly OcclusionUnit[] => occlusionUnits(prompt, prompt.suffix.length);
const named = (prompt: FittedPrompt): string[] =>
  unitsOf(prompt).map((unit) => `${unit.part}: ${unitText(prompt, unit)}`);

describe('occlusionUnits', () => {
  it('are the lines after the cursor, then those before it, nearest first, then chunks and path', () => {
    const prompt = fitted({
      path: 'src/a.ts',
      chunks: [
        { path: 'b.ts', text: 'b' },
        { path: 'c.ts', text: 'c' },
      ],
      prefix: 'one\ntwo\n',
      suffix: ');\nthree\nfour',
    });
    expect(named(prompt)).toEqual([
      'suffix: );',
      'suffix: three',
      'suffix: four',
      'prefix: two',
      'prefix: one',
      'chunk: c.ts',
      'chunk: b.ts',
      'path: src/a.ts',
    ]);
  });

  it('count the lines of the prefix as the document does', () => {
    expect(unitsOf(fitted({ prefix: 'one\ntwo\n', prefixStartLine: 32 }))).toEqual([
      { part: 'prefix', start: 33, end: 34 },
      { part: 'prefix', start: 32, end: 33 },
    ]);
  });

  it('take blank lines with the line above, at the start of a part with the line below', () => {
    expect(unitsOf(fitted({ prefix: '\none\n\n  \ntwo\n', suffix: '\n\nthree\n\n' }))).toEqual([
      { part: 'suffix', start: 1, end: 5 },
      { part: 'prefix', start: 4, end: 5 },
      { part: 'prefix', start: 0, end: 4 },
    ]);
  });

  it('are none where there is nothing visible', () => {
    expect(unitsOf(fitted({ prefix: '\n  \n', suffix: '\n\n' }))).toEqual([]);
  });

  it('end with the line in which the suffix was cut, and take with it what had been cut', () => {
    const prompt = fitted({ suffix: '\none\ntwo\nthree', suffixDroppedTokens: 2 });
    const units = occlusionUnits(prompt, '\none\nt'.length);
    expect(units).toEqual([
      { part: 'suffix', start: 1, end: 2 },
      { part: 'suffix', start: 2, end: 4 },
    ]);
    expect(withoutUnit(prompt, units[1]!)).toEqual(fitted({ suffix: '\none' }));
    expect(withoutUnit(prompt, units[0]!)).toEqual(fitted({ suffix: '\ntwo\nthree', suffixDroppedTokens: 2 }));
  });
});

describe('withoutUnit', () => {
  it('leaves the other lines on their side of the suffix', () => {
    const prompt = fitted({ prefix: 'one\ntwo\nthree\n', prefixStartLine: 8, nearStart: 'one\n'.length });
    const near = ({ start }: { start: number }): string => {
      const { prefix, nearStart } = withoutUnit(prompt, { part: 'prefix', start, end: start + 1 });
      return `${prefix.slice(0, nearStart)}|${prefix.slice(nearStart)}`;
    };
    expect(near({ start: 8 })).toBe('|two\nthree\n');
    expect(near({ start: 9 })).toBe('one\n|three\n');
    expect(near({ start: 10 })).toBe('one\n|two\n');
  });

  const line = fc.constantFrom('', '  ', 'a', 'b();', '한글', 'x');
  const prompts = fc.record({
    prefix: fc.array(line).map((lines) => lines.map((text) => `${text}\n`).join('')),
    suffix: fc.array(line).map((lines) => lines.join('\n')),
    prefixStartLine: fc.nat(100),
    path: fc.constantFrom('', 'a.ts'),
    chunks: fc.array(fc.record({ path: fc.constant('c.ts'), text: fc.string() }), { maxLength: 3 }),
  });

  it('takes away exactly the unit, whatever the prompt', () => {
    fc.assert(
      fc.property(prompts, (parts) => {
        const prompt = fitted(parts);
        for (const unit of unitsOf(prompt)) {
          const left = withoutUnit(prompt, unit);
          const lost = (part: 'prefix' | 'suffix'): number =>
            prompt[part].split('\n').length - left[part].split('\n').length;
          const restOfLine = unit.part === 'suffix' && unit.start === 0 ? 1 : 0;
          expect(lost('prefix')).toBe(unit.part === 'prefix' ? unit.end - unit.start : 0);
          expect(lost('suffix')).toBe(unit.part === 'suffix' ? unit.end - unit.start - restOfLine : 0);
          expect(left.chunks.length).toBe(prompt.chunks.length - (unit.part === 'chunk' ? 1 : 0));
          expect(left.path).toBe(unit.part === 'path' ? '' : prompt.path);
          expect(left.prefix === '' || left.prefix.endsWith('\n')).toBe(true);
        }
      }),
    );
  });

  it('leaves nothing visible after all units are gone', () => {
    fc.assert(
      fc.property(prompts, (parts) => {
        // From the end of each part, so that the numbers of the others stay right.
        const [suffix, rest] = [[] as OcclusionUnit[], [] as OcclusionUnit[]];
        for (const unit of unitsOf(fitted(parts))) (unit.part === 'suffix' ? suffix : rest).push(unit);
        const left = [...suffix.reverse(), ...rest].reduce(withoutUnit, fitted(parts));
        expect([left.path, left.chunks.length, left.prefix.trim(), left.suffix.trim()]).toEqual(['', 0, '', '']);
      }),
    );
  });
});
