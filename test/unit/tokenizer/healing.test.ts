import fc from 'fast-check';
import { describe, expect, it, vi } from 'vitest';
import { decodeUtf8, encodeUtf8 } from '../../../src/core/text/utf8.js';
import { ForcedPrefix } from '../../../src/core/tokenizer/forcedPrefix.js';
import { findHealingCut, healingLimits } from '../../../src/core/tokenizer/healingCut.js';
import { TokenPrefixIndex } from '../../../src/core/tokenizer/tokenPrefixIndex.js';
import { anyText } from '../text/anyText.js';
import { bundledTokenizerJson, smallByteFallback, smallByteLevel, textTokenizer } from './tokenizerFixtures.js';

// Hundreds of cases a property, on machines that may be busy.
vi.setConfig({ testTimeout: 60_000 });

const tokenizer = textTokenizer(bundledTokenizerJson());
const { table } = tokenizer;
const index = new TokenPrefixIndex(table);

const startsWith = (bytes: Uint8Array, prefix: Uint8Array): boolean => prefix.every((byte, at) => bytes[at] === byte);

/** What `allowedIds` must say, by looking at every token of the vocabulary. */
function allowedBySearch(remaining: Uint8Array): number[] {
  return Array.from({ length: table.size }, (_, id) => id).filter((id) => {
    const bytes = table.bytesOf(id);
    if (table.isSpecial(id) || bytes.length === 0) return false;
    return startsWith(bytes, remaining) || startsWith(remaining, bytes);
  });
}

const byNumber = (a: number, b: number): number => a - b;

describe('the index of tokens by their first bytes', () => {
  it.each(['', ' ', 'r', ' ret', '\n    ', '한', '\u0000', 'no token begins like this'])('finds all: %j', (text) => {
    const prefix = encodeUtf8(text);

    const found = Array.from(index.idsStartingWith(prefix)).sort(byNumber);

    const expected = Array.from({ length: table.size }, (_, id) => id).filter(
      (id) => !table.isSpecial(id) && startsWith(table.bytesOf(id), prefix),
    );
    expect(found).toEqual(expected);
  });

  it('finds by bytes inside a character', () => {
    expect(Array.from(index.idsEqualTo(Uint8Array.of(0xed, 0x95)))).toHaveLength(
      Array.from({ length: table.size }, (_, id) => table.bytesOf(id)).filter(
        (bytes) => bytes.length === 2 && bytes[0] === 0xed && bytes[1] === 0x95,
      ).length,
    );
  });

  it('tells tokens of the same bytes apart by rising id', () => {
    const json = smallByteLevel();
    const added = { id: 400, content: 'return', special: false };
    const doubled = textTokenizer({ ...json, added_tokens: [...json.added_tokens, added] });

    expect(new TokenPrefixIndex(doubled.table).idsEqualTo(encodeUtf8('return'))).toEqual([260, 400]);
  });
});

describe('the cut before generating', () => {
  const cutText = (text: string): string => decodeUtf8(findHealingCut(tokenizer.spans(text), index).cutBytes);

  it.each<[string, string, string]>([
    ['a partial word with its blank', 'const x = retu', ' retu'],
    ['a word that may go on, without its indentation', '    return', 'return'],
    ['a word that may go on, with its blank', 'x return', ' return'],
    ['a trailing blank', 'const x = ', ' '],
    ['indentation', '        ', '        '],
    ['tabs', '\t\t', '\t\t'],
    ['punctuation that often goes on', 'print(', '('],
    ['nothing of an empty line', '', ''],
  ])('takes %s', (_, text, expected) => {
    expect(cutText(text)).toBe(expected);
  });

  it('takes nothing when no token goes beyond the text', () => {
    const small = textTokenizer(smallByteLevel());
    const smallIndex = new TokenPrefixIndex(small.table);

    const cut = findHealingCut(small.spans('x = 12;'), smallIndex);

    expect(cut).toEqual({ keptTokenCount: 7, cutBytes: new Uint8Array(0) });
  });

  it('takes the whole of a token that could have begun before a boundary of the partial word', () => {
    const small = textTokenizer(smallByteLevel());

    // `retur` is `ret` + `ur`, but `return` is one token.
    const cut = findHealingCut(small.spans('x=retur'), new TokenPrefixIndex(small.table));

    expect([cut.keptTokenCount, decodeUtf8(cut.cutBytes)]).toEqual([2, 'retur']);
  });

  it('may begin inside a Hangul syllable', () => {
    const small = textTokenizer(smallByteLevel());
    const json = smallByteLevel();
    // A token that begins with the last byte of 한 (ed 95 9c) and goes on.
    const last = small.table.nameOf(0x9c);
    const model = { ...json.model, vocab: { ...vocabOf(json.model), [`${last}n`]: 280 }, merges: [`${last} n`] };
    const healing = textTokenizer({ ...json, model });

    const cut = findHealingCut(healing.spans('한'), new TokenPrefixIndex(healing.table));

    expect(cut).toEqual({ keptTokenCount: 2, cutBytes: Uint8Array.of(0x9c) });
  });

  it('does not touch what the tokenizer did not take from the text', () => {
    const sentencePiece = textTokenizer(smallByteFallback());

    // The first token is `▁ret`, of which the text has no blank.
    const cut = findHealingCut(sentencePiece.spans('ret'), new TokenPrefixIndex(sentencePiece.table));

    expect(cut.keptTokenCount).toBe(1);
  });

  it('stays within its limits, and is a suffix of the text at a token boundary', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        const spans = tokenizer.spans(text);
        const { keptTokenCount, cutBytes } = findHealingCut(spans, index);
        expect(spans.length - keptTokenCount).toBeLessThanOrEqual(healingLimits.maxTokens);
        expect(cutBytes.length).toBeLessThanOrEqual(healingLimits.maxBytes);
        expect(spans.slice(keptTokenCount).flatMap((span) => span.bytes)).toEqual(Array.from(cutBytes));
      }),
      { numRuns: 500, seed: 4 },
    );
  });

  it('leaves no token that begins in the kept text and goes beyond the cursor', () => {
    const words = fc.constantFrom('return', 'self', '.', '(', ' ', '= ', 'getUserNam', '한국', 'x', '\n', '1');
    fc.assert(
      fc.property(fc.array(words, { maxLength: 6 }), (parts) => {
        const spans = tokenizer.spans(parts.join(''));
        const { keptTokenCount } = findHealingCut(spans, index);
        // Any text that goes on from here keeps the tokens that were kept.
        const kept = spans.slice(0, keptTokenCount).map((span) => span.id);
        for (const more of ['s', 'ed', '(', ' x', '=', '국어', '\n', '0']) {
          const ids = tokenizer.encode(parts.join('') + more).slice(0, keptTokenCount);
          const isWithinLimits = spans.length - keptTokenCount < healingLimits.maxTokens;
          if (isWithinLimits) expect(ids).toEqual(kept);
        }
      }),
      { numRuns: 500, seed: 5 },
    );
  });
});

describe('the forced beginning', () => {
  it('allows at each step exactly the tokens that agree with what remains', () => {
    for (const text of ['retu', '        ', 'x', '한', '👍🏽', '\n\t']) {
      const forced = new ForcedPrefix(index, encodeUtf8(text));
      expect(Array.from(forced.allowedIds() ?? []).sort(byNumber)).toEqual(allowedBySearch(encodeUtf8(text)));
    }
  });

  it('does not part a blank from the word behind it, as no tokenizer does', () => {
    const [blank = -1] = index.idsEqualTo(encodeUtf8(' '));
    for (const text of [' retu', ' g', ' ==']) {
      const allowed = Array.from(new ForcedPrefix(index, encodeUtf8(text)).allowedIds() ?? []).sort(byNumber);
      expect(allowed).toEqual(allowedBySearch(encodeUtf8(text)).filter((id) => id !== blank));
    }
  });

  it('parts it where no other token begins like this', () => {
    const small = textTokenizer({ ...smallByteLevel(), added_tokens: [] });
    const [blank = -1, word = -1] = [' ', 'a'].map((text) => small.encode(text)[0]!);
    const forced = new ForcedPrefix(new TokenPrefixIndex(small.table), encodeUtf8(' a'));

    expect(Array.from(forced.allowedIds() ?? [])).toEqual([blank]);
    forced.accept(blank);
    expect(Array.from(forced.allowedIds() ?? [])).toContain(word);
  });

  it('makes any choice of allowed tokens start with the forced bytes', () => {
    fc.assert(
      fc.property(anyText, fc.infiniteStream(fc.nat()), (text, choices) => {
        const { cutBytes } = findHealingCut(tokenizer.spans(text), index);
        const forced = new ForcedPrefix(index, cutBytes);
        const generated: number[] = [];
        for (let allowed = forced.allowedIds(); allowed !== undefined; allowed = forced.allowedIds()) {
          const choice = Number(choices.next().value);
          const id = allowed[choice % allowed.length] ?? -1;
          expect(table.isSpecial(id)).toBe(false);
          forced.accept(id);
          generated.push(...table.bytesOf(id));
        }
        expect(forced.remainingByteCount).toBe(0);
        expect(generated.slice(0, cutBytes.length)).toEqual(Array.from(cutBytes));
      }),
      { numRuns: 500, seed: 6 },
    );
  });

  it('allows everything when nothing is forced', () => {
    const forced = new ForcedPrefix(index, new Uint8Array(0));

    forced.accept(42);

    expect(forced.allowedIds()).toBeUndefined();
  });

  it('never leads to where the vocabulary cannot spell the rest', () => {
    // `ab` and `abc` exist, `c` alone does not: after `ab` there would be no way on.
    const vocab = { a: 0, b: 1, ab: 2, abc: 3 };
    const json = smallByteLevel();
    const model = { ...json.model, vocab, merges: ['a b'] };
    const small = textTokenizer({ ...json, model, added_tokens: [{ id: 4, content: 'abcd', special: false }] });

    const forced = new ForcedPrefix(new TokenPrefixIndex(small.table), encodeUtf8('abc'));

    expect(Array.from(forced.allowedIds() ?? [])).toEqual([3, 4]);
  });

  it.each([3, 'x'])('refuses a token that disagrees: %s', (token) => {
    const id = typeof token === 'number' ? token : (index.idsEqualTo(encodeUtf8(token))[0] ?? -1);
    const forced = new ForcedPrefix(index, encodeUtf8('return'));

    expect(() => {
      forced.accept(id);
    }).toThrow(/disagrees/);
  });
});

function vocabOf(model: object): Record<string, number> {
  return (model as { vocab: Record<string, number> }).vocab;
}
