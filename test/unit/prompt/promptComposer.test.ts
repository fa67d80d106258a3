import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { ComposedPrompt } from '../../../src/core/prompt/promptComposer.js';
import type { PromptParts } from '../../../src/core/prompt/promptParts.js';
import { bundledComposer, contextLength, promptParts, promptTokens, tokenizer } from './bundledComposer.js';

const source = readFileSync(new URL('../../../src/core/completion/completionPipeline.ts', import.meta.url), 'utf8');
const { infill, path: pathToken, chunk: chunkToken } = promptTokens;
/** A model that was trained on prefix, suffix, middle alone. */
const prefixFirst = { ...promptTokens, infill: { ...infill!, nearLines: 0 } };
const limit = (contextLength * 7) / 8;

function length({ stable, tail }: ComposedPrompt): number {
  return stable.length + tail.length;
}

describe('PromptComposer', () => {
  it('puts the parts in the order prefix, suffix, middle', () => {
    const composed = bundledComposer(prefixFirst).compose(
      promptParts({
        path: 'src/a.ts',
        chunks: [{ path: 'src/b.ts', text: 'export const b = 1;' }],
        prefix: 'import { b } from "./b.js";\n',
        currentLine: '  return b',
        suffix: '\n}\n',
      }),
    );
    expect(composed.stable).toEqual([
      pathToken,
      ...tokenizer.encode('src/a.ts\n'),
      chunkToken,
      ...tokenizer.encode('src/b.ts\nexport const b = 1;\n'),
      infill?.prefix,
      ...tokenizer.encode('import { b } from "./b.js";\n'),
      infill?.suffix,
      ...tokenizer.encode('\n}\n'),
      infill?.middle,
    ]);
    expect(composed.tail).toEqual(tokenizer.encode('  return b'));
  });

  it('puts the lines just above the cursor after the suffix when the model was trained so', () => {
    const near = { ...promptTokens, infill: { ...infill!, nearLines: 4 } };
    const compose = (prefix: string): ComposedPrompt =>
      bundledComposer(near).compose(promptParts({ prefix, currentLine: 'x', suffix: '\n}\n' }));
    const stableOf = (prefix: string): readonly number[] => compose(prefix).stable;
    const [far, close] = ['a = 1;\n'.repeat(8), 'b = 2;\n'.repeat(5)];
    const suffix = [infill?.suffix, ...tokenizer.encode('\n}\n')];

    expect(stableOf(far + close)).toEqual([
      infill?.prefix,
      ...tokenizer.encode(far),
      ...suffix,
      infill?.prefix,
      ...tokenizer.encode(close.trimEnd()),
      infill?.middle,
    ]);
    expect(stableOf(close)).toEqual([...suffix, infill?.prefix, ...tokenizer.encode(close.trimEnd()), infill?.middle]);
    expect(compose(close).tailText).toBe('\nx');
    expect(stableOf('')).toEqual([infill?.prefix, ...suffix, infill?.middle]);
    expect(compose('').tailText).toBe('x');
  });

  it('gives the same tokens in pieces', () => {
    const composer = bundledComposer({ ...promptTokens, infill: { ...infill!, nearLines: 4 } });
    for (const prefix of ['', '\n', 'a\n', 'a = 1;\n'.repeat(30), source]) {
      const currentLine = prefix === 'a\n' ? 'x'.repeat(9000) : '  x';
      const parts = promptParts({ path: 'a.ts', prefix, currentLine, suffix: `\n${source}` });
      const { stable, tail } = composer.compose(parts);
      const pieces = composer.pieces(composer.fit(parts));
      expect(pieces.flatMap(({ ids }) => ids)).toEqual([...stable, ...tail]);
      expect(stable.length + tail.length).toBeLessThanOrEqual(limit);
    }
  });

  it('never makes a control token of what the user wrote', () => {
    const text = '<|fim_middle|><|endoftext|>';
    const composed = bundledComposer(prefixFirst).compose(
      promptParts({ path: text, chunks: [{ path: text, text }], prefix: `${text}\n`, currentLine: text, suffix: text }),
    );
    const control = [...composed.stable, ...composed.tail].filter((id) => tokenizer.table.isSpecial(id));
    expect(control).toEqual([pathToken, chunkToken, infill?.prefix, infill?.suffix, infill?.middle]);
  });

  it('leaves out chunks whole, cuts the suffix at its end and the prefix at its beginning', () => {
    const chunk = { path: 'b.ts', text: source.slice(0, 700) };
    const composed = bundledComposer(prefixFirst).compose(
      promptParts({ path: 'a.ts', chunks: [chunk, chunk, chunk], prefix: source, suffix: source, currentLine: '  x' }),
    );
    const chunks = composed.stable.filter((id) => id === chunkToken).length;
    const [before, after] = [infill?.prefix, infill?.middle].map((id) => composed.stable.indexOf(id ?? -1));
    const suffixAt = composed.stable.indexOf(infill?.suffix ?? -1);
    expect(chunks).toBe(1);
    expect(source.startsWith(textOf(composed.stable.slice(suffixAt + 1, after)))).toBe(true);
    expect(source.endsWith(textOf(composed.stable.slice((before ?? 0) + 1, suffixAt)))).toBe(true);
    expect(length(composed)).toBeLessThanOrEqual(limit);
    expect(length(composed)).toBeGreaterThan(limit * 0.75);
  });

  const hugeParts: readonly (readonly [string, Partial<PromptParts>])[] = [
    ['a current line of 1 MB', { currentLine: 'let x = 1; '.repeat(95_000) }],
    ['a prefix of one line of 1 MB', { prefix: `${'let x = 1; '.repeat(95_000)}\n` }],
    ['a suffix of 1 MB', { suffix: 'let x = 1; '.repeat(95_000) }],
    ['a path of 1 MB', { path: 'a/'.repeat(500_000) }],
    ['characters of many tokens', { currentLine: '🙂'.repeat(3000), prefix: '한글\n'.repeat(3000) }],
    ['nothing', {}],
  ];

  it.each(hugeParts)('fits the context with %s', (_, parts) => {
    for (const context of [64, 1024]) {
      const composed = bundledComposer(promptTokens, context).compose(promptParts(parts));
      expect(length(composed)).toBeLessThanOrEqual((context * 7) / 8);
      expect(tokenizer.encode(composed.tailText)).toEqual(composed.tail);
      expect(`\n${parts.currentLine ?? ''}`.endsWith(composed.tailText)).toBe(true);
    }
  });

  it('keeps the cut of an overlong line while it grows', () => {
    const composer = bundledComposer();
    const line = 'let x = 1; '.repeat(5000);
    const first = composer.compose(promptParts({ currentLine: line }));
    const next = composer.compose(promptParts({ currentLine: `${line}let` }));
    expect(next.tailText).toBe(`${first.tailText}let`);
  });

  it('writes plain text from left to right for a model without infilling', () => {
    const composer = bundledComposer({ ...promptTokens, infill: undefined });
    const parts = promptParts({ path: 'a.ts', prefix: 'if (a) {\n', currentLine: '    ret', suffix: '\n}' });
    const { stable, tail } = composer.compose(parts);
    expect([...stable, ...tail]).toEqual([promptTokens.endOfText, ...tokenizer.encode('if (a) {\n    ret')]);
  });
});

describe('PromptComposer.pieces', () => {
  it.each([
    ['fills in the middle', promptTokens],
    ['writes from left to right', { ...promptTokens, infill: undefined }],
  ])('are the prompt of a model that %s, however much had to be cut', (_, tokens) => {
    for (const context of [64, 200, 1024]) {
      for (let at = 0; at < source.length; at += 701) {
        const composer = bundledComposer(tokens, context);
        const chunks = [{ path: 'b.ts', text: source.slice(0, at / 4) }];
        const parts = { ...partsAt(source.slice(0, at), source.slice(at)), chunks, prefixStartLine: 3 };
        const { stable, tail } = composer.compose(parts);
        expect(composer.pieces(composer.fit(parts)).flatMap(({ ids }) => ids)).toEqual([...stable, ...tail]);
      }
    }
  });

  it('say at which line of the document the prefix begins', () => {
    const fitted = bundledComposer(promptTokens, 200).fit({ ...partsAt(source, ''), prefixStartLine: 40 });
    expect(
      source
        .split('\n')
        .slice(fitted.prefixStartLine - 40)
        .join('\n'),
    ).toBe(fitted.prefix + fitted.currentLine);
    expect(fitted.prefixStartLine).toBeGreaterThan(40);
  });
});

describe('PromptComposer while somebody types', () => {
  it('keeps more than 90 % of the tokens in place, except where a line ends or the cut moves', () => {
    const composer = bundledComposer();
    const typed = source.slice(4000, 4800);
    const suffix = `\n${source.slice(4801)}`;
    let before: number[] = [];
    const shares: { readonly share: number; readonly atLineEnd: boolean }[] = [];
    for (let count = 0; count <= typed.length; count++) {
      const { stable, tail } = composer.compose(partsAt(source.slice(0, 4000) + typed.slice(0, count), suffix));
      const tokens = [...stable, ...tail];
      let shared = 0;
      while (shared < before.length && tokens[shared] === before[shared]) shared++;
      if (count > 0) shares.push({ share: shared / tokens.length, atLineEnd: typed[count - 1] === '\n' });
      before = tokens;
    }
    const low = shares.filter(({ share, atLineEnd }) => share < 0.9 && !atLineEnd);
    const moves = shares.filter(({ share }) => share < 0.5);
    expect(low).toEqual([]);
    expect(moves.length).toBeLessThanOrEqual(2);
  });
});

function partsAt(textBeforeCursor: string, suffix: string): PromptParts {
  const lineStart = textBeforeCursor.lastIndexOf('\n') + 1;
  return promptParts({
    path: 'src/composer.ts',
    prefix: textBeforeCursor.slice(0, lineStart),
    currentLine: textBeforeCursor.slice(lineStart),
    suffix,
  });
}

function textOf(ids: readonly number[]): string {
  return new TextDecoder().decode(Buffer.concat(ids.map((id) => tokenizer.table.bytesOf(id))));
}
