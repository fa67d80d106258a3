import fc from 'fast-check';
import { expect, it } from 'vitest';
import { isClosersOnly } from '../../../src/core/completion/cursorContext.js';
import { CompletionPipeline } from '../../../src/core/completion/completionPipeline.js';
import type { CompletionOutcome } from '../../../src/core/completion/completionOutcome.js';
import type { CompletionQuery } from '../../../src/core/completion/completionQuery.js';
import { accept, cursorMark, DocumentText, openSettings } from '../../support/documentText.js';
import { ManualClock } from '../../support/manualClock.js';
import { ScriptedEngine } from '../../support/scriptedEngine.js';
import { silentLog } from '../../support/silentLog.js';

/** Code-like pieces, so that brackets, quotes and line ends meet often, and any UTF-16 unit at all, lone surrogates included. */
const piece = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.constantFrom(
      ...Array.from('()[]{}<>"\'`;:,.=+ \t\n'),
      '\n  ',
      '\r\n',
      'foo',
      'return ',
      '=> ',
      '"""',
    ),
  },
  { weight: 2, arbitrary: fc.constantFrom('한', 'ᄒ', 'ᅡ', '🙂', '👩‍👩‍👧', 'é', '\u00a0', '\u2028', '\0', '<|end|>') },
  { weight: 1, arbitrary: fc.nat(0xffff).map((unit) => String.fromCharCode(unit)) },
);
const text = fc.array(piece, { maxLength: 24 }).map((pieces) => pieces.join(''));
/** A model writes UTF-8, so never half a character. */
const modelText = text.map((any) => any.replaceAll(/\p{Surrogate}/gu, '\ufffd'));
const runs = { numRuns: 800, seed: 20_260_101 };

interface Place {
  readonly document: DocumentText;
  readonly line: number;
  readonly character: number;
}

/** A document of two texts with the cursor between them, as an editor would hold it. */
const place: fc.Arbitrary<Place> = fc.tuple(text, text, fc.boolean()).map(([before, after, isCrlf]) => {
  const endOfLine = isCrlf ? '\r\n' : '\n';
  const toLineEnds = (part: string): string => part.replaceAll(/\r\n?|\n/g, endOfLine);
  const above = toLineEnds(before).split(endOfLine);
  const document = new DocumentText(toLineEnds(before) + toLineEnds(after), { endOfLine });
  return { document, line: above.length - 1, character: above.at(-1)?.length ?? 0 };
});

const lineOf = ({ document, line }: Place): string => document.lines[line] ?? '';
const beforeOf = ({ document, line }: Place, character: number): string =>
  [...document.lines.slice(0, line), document.lines[line]?.slice(0, character)].join(document.endOfLine);

function createWriter(written: string): (query: CompletionQuery) => Promise<CompletionOutcome> {
  const clock = new ManualClock();
  const pipeline = new CompletionPipeline({
    engine: new ScriptedEngine(() => written),
    clock,
    log: silentLog,
    settings: () => ({ ...openSettings, multiLine: 'always' }),
    model: () => ({ id: 'code', hash: 'abc', contextLength: 1_024 }),
  });
  return async (query) => {
    const outcome = pipeline.provide(query, new AbortController().signal);
    await clock.advance(1_000);
    return outcome;
  };
}

function queryOf({ document, line, character }: Place, more: Partial<CompletionQuery> = {}): CompletionQuery {
  const position = { line, character };
  const rest = { selections: [], selectedSuggestion: undefined, isComposing: false } as const;
  return { document, position, trigger: 'automatic', ...rest, ...more };
}

it('accepting gives exactly what stood before, the text, and what followed less the closers it covers', async () => {
  let shown = 0;
  const trigger = fc.constantFrom('automatic' as const, 'explicit' as const);
  const identity = fc.asyncProperty(place, modelText, trigger, fc.nat(3), async (where, written, how, itemLength) => {
    const { document, line, character } = where;
    const start = { line, character: Math.max(0, character - itemLength) };
    const typed = lineOf(where).slice(start.character, character);
    const item = { text: `${typed}item`, range: { start, end: { line, character } } };
    const selectedSuggestion = itemLength === 0 ? undefined : item;

    const outcome = await createWriter(written)(queryOf(where, { trigger: how, selectedSuggestion }));

    expect(['shown', 'skipped']).toContain(outcome.kind);
    for (const candidate of outcome.kind === 'shown' ? outcome.candidates : []) {
      shown++;
      const { range } = candidate;
      const rest = lineOf(where).slice(character);
      const covered = rest.slice(0, range.end.character - character);
      expect(range).toEqual({ start, end: { line, character: character + covered.length } });
      expect(covered === '' || isClosersOnly(rest)).toBe(true);
      expect(candidate.text.startsWith(selectedSuggestion?.text ?? typed)).toBe(true);
      expect(candidate.text.replaceAll(document.endOfLine, '')).not.toMatch(/[\r\n]/);
      const suffix = document.text.slice(beforeOf(where, character).length + covered.length);
      expect(accept(document, candidate)).toBe(beforeOf(where, start.character) + candidate.text + cursorMark + suffix);
    }
  });
  await fc.assert(identity, runs);
  expect(shown).toBeGreaterThan(200);
}, 60_000);

/** People type whole characters: a length that does not divide a surrogate pair. */
const wholeCharacters = (line: string, length: number): number =>
  /[\ud800-\udbff]$/.test(line.slice(0, length)) ? length - 1 : length;

it('typing any part of a suggestion and accepting the rest gives the same document', async () => {
  let compared = 0;
  const typing = fc.asyncProperty(
    place,
    modelText,
    fc.double({ min: 0, max: 1, noNaN: true }),
    async (where, written, share) => {
      const ask = createWriter(written);
      const outcome = await ask(queryOf(where));
      const candidate = outcome.kind === 'shown' ? outcome.candidates[0] : undefined;
      const firstLine = candidate?.text.split(/\r?\n/)[0] ?? '';
      const count = wholeCharacters(firstLine, Math.floor(firstLine.length * share));
      if (candidate === undefined || candidate.text.slice(count).trim() === '') return;
      const { document, line, character } = where;
      const before = beforeOf(where, character);
      const typed = before + firstLine.slice(0, count) + document.text.slice(before.length);
      const later = {
        document: new DocumentText(typed, { endOfLine: document.endOfLine }),
        line,
        character: character + count,
      };

      const rest = await ask(queryOf(later));

      if (rest.kind === 'skipped') {
        expect(['cursor-outside-document', 'binary-document']).toContain(rest.reason);
        return;
      }
      compared++;
      expect(rest).toMatchObject({ kind: 'shown', source: 'typed-through' });
      if (rest.kind === 'shown') expect(accept(later.document, rest.candidates[0]!)).toBe(accept(document, candidate));
    },
  );
  await fc.assert(typing, runs);
  expect(compared).toBeGreaterThan(100);
}, 60_000);
