import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { DocumentText } from '../../support/documentText.js';
import { createPipeline } from '../../support/pipelineFixture.js';

interface GoldenCase {
  readonly name: string;
  readonly languageId: string;
  readonly document: string;
  readonly model: string;
  readonly accepted: string;
}

const file = new URL('../../golden/completion/suggestions.txt', import.meta.url);
const form =
  /^=== (?<name>.+) \((?<languageId>\w+)\)\n--- document\n(?<document>.*?)\n--- model\n(?<model>.*?)\n--- accepted\n(?<accepted>.*?)\n*$/s;

const cases = readFileSync(file, 'utf8')
  .split(/^(?==== )/m)
  .slice(1)
  .map((block) => form.exec(block)?.groups as unknown as GoldenCase);

const factsOf = ({ languageId }: GoldenCase): Partial<DocumentText> => ({
  languageId,
  tabSize: languageId === 'python' ? 4 : 2,
});

describe('golden suggestions', () => {
  it('are all readable', () => {
    expect(cases.length).toBeGreaterThan(12);
    expect(cases).not.toContain(undefined);
  });

  it.each(cases)('$name', async (golden) => {
    const { see } = createPipeline(() => golden.model);
    const seen = await see(golden.document, { document: factsOf(golden) });
    expect(seen.replace(/^model: /, '')).toBe(golden.accepted);
  });

  it.each(cases.filter(({ accepted }) => !accepted.startsWith('skipped')))('$name, with CRLF', async (golden) => {
    const { see } = createPipeline(() => golden.model);
    const crlf = (text: string): string => text.replaceAll('\n', '\r\n');
    const facts = { ...factsOf(golden), endOfLine: '\r\n' } as const;
    const seen = await see(crlf(golden.document), { document: facts });
    expect(seen.replace(/^model: /, '')).toBe(crlf(golden.accepted));
  });
});
