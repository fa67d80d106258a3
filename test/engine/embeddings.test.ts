import path from 'node:path';
import { AutoModel, AutoTokenizer, env, pipeline, type Tensor } from '@xenova/transformers';
import { describe, expect, it, onTestFinished } from 'vitest';
import {
  bundledEncoder,
  bundledModel,
  checkedEncoder,
  copyOfModel,
  editCard,
  fixtureModel,
  loadedEncoder,
  noAbort,
} from './modelFixtures.js';
import { systemClock } from '../../src/core/clock.js';
import { createEngineHandlers } from '../../src/engine/engineHandlers.js';
import { createTokenizerHandlers } from '../../src/engine/tokenizers/tokenizerHandlers.js';
import type { Embeddings } from '../../src/protocol/embeddingsContract.js';
import { settledError } from '../support/settledError.js';
import { silentLog } from '../support/silentLog.js';

env.allowRemoteModels = false;
env.allowLocalModels = true;

const tinyEncoder = fixtureModel('tiny-encoder');
const turn = { signal: noAbort, giveWay: async () => undefined };
const texts = [
  'function sumOf(values) { return values.length; }',
  'reads the lines of a file',
  '한국어 문장도 코드와 함께 쓰입니다.',
  '',
  'getUserName get_user_name HTTPServer 3.14',
];

function rows({ vectors, dimensions }: Embeddings): number[][] {
  return Array.from({ length: vectors.length / dimensions }, (_, row) => [
    ...vectors.subarray(row * dimensions, (row + 1) * dimensions),
  ]);
}

function largestDifference(one: readonly number[], other: readonly number[]): number {
  return Math.max(...one.map((value, index) => Math.abs(value - other[index]!)));
}

function engine(): ReturnType<typeof createEngineHandlers> {
  const tokenizers = { handlers: createTokenizerHandlers(), dispose: async () => undefined };
  const handlers = createEngineHandlers({ log: silentLog, clock: systemClock(globalThis), tokenizers });
  onTestFinished(() => handlers.dispose());
  return handlers;
}

describe('embeddings', () => {
  it('give every text a vector of length 1, and the empty text zeros', async () => {
    const encoder = await loadedEncoder(tinyEncoder);
    const embeddings = await encoder.embed(texts, () => undefined, turn);
    const lengths = rows(embeddings).map((row) => Math.hypot(...row));
    expect(embeddings.dimensions).toBe(32);
    for (const [index, length] of lengths.entries()) expect(length).toBeCloseTo(texts[index] === '' ? 0 : 1, 5);
  });

  it('do not depend on the other texts of a request', async () => {
    const encoder = await loadedEncoder(tinyEncoder);
    const together = rows(await encoder.embed(texts, () => undefined, turn));
    for (const [index, text] of texts.entries()) {
      const [alone] = rows(await encoder.embed([text], () => undefined, turn));
      expect(largestDifference(alone!, together[index]!)).toBeLessThan(1e-6);
    }
  });

  it('are the same for an identifier however its parts are joined', async () => {
    const encoder = await loadedEncoder(tinyEncoder);
    const [joined, parted] = rows(await encoder.embed(['getUserName', 'get_user name'], () => undefined, turn));
    expect(joined).toEqual(parted);
  });

  it('read the beginning of a text that is longer than the context, and say how long it is', async () => {
    const encoder = await loadedEncoder(tinyEncoder);
    const long = 'value '.repeat(200);
    const { tokenCounts, contextLength, ...embeddings } = await encoder.embed(
      [long, 'value '.repeat(400)],
      () => undefined,
      turn,
    );
    const [one, other] = rows({ ...embeddings, tokenCounts, contextLength });
    expect(contextLength).toBe(64);
    expect(tokenCounts[0]).toBeGreaterThan(contextLength);
    expect(tokenCounts[1]! - 2).toBe(2 * (tokenCounts[0]! - 2));
    expect(one).toEqual(other);
  });

  it('report progress up to the number of texts and end when they are cancelled', async () => {
    const encoder = await loadedEncoder(tinyEncoder);
    const many = Array.from({ length: 300 }, (_, index) => `${'value '.repeat(12)}${index}`);
    const seen: number[] = [];
    const cancelling = new AbortController();
    const report = ({ completed }: { completed: number }): void => {
      seen.push(completed);
      if (seen.length === 2) cancelling.abort();
    };
    const error = await settledError(encoder.embed(many, report, { ...turn, signal: cancelling.signal }));
    expect(error).toMatchObject({ code: 'cancelled' });
    expect(seen).toHaveLength(2);
    await encoder.embed(many, ({ completed }) => seen.push(completed), turn);
    expect(seen.at(-1)).toBe(300);
  });

  it('let others through between two runs', async () => {
    const encoder = await loadedEncoder(tinyEncoder);
    let turns = 0;
    const giveWay = async (): Promise<void> => {
      turns++;
    };
    await encoder.embed(new Array<string>(300).fill('values of a number'), () => undefined, { ...turn, giveWay });
    expect(turns).toBeGreaterThan(1);
  });
});

describe('the engine', () => {
  const context = { signal: noAbort, report: (): void => undefined };

  it('embeds by a folder, and names the model among those it holds', async () => {
    const handlers = engine();
    const { vectors } = await handlers['embeddings/embed']({ folder: tinyEncoder, texts }, context);
    expect(vectors).toHaveLength(32 * texts.length);
    const { models } = await handlers['engine/state']({}, context);
    expect(models).toMatchObject([{ id: 'tiny-encoder', cachedTokenCount: 0 }]);
  });

  it('refuses to embed with a model that writes, and to write with an encoder', async () => {
    const handlers = engine();
    const embedding = await settledError(handlers['embeddings/embed']({ folder: bundledModel, texts }, context));
    expect([embedding.code, embedding.message]).toEqual(['model-unsupported', expect.stringContaining('a decoder')]);
    const encoding = await settledError(handlers['tokens/encode']({ folder: tinyEncoder, text: 'x' }, context));
    expect([encoding.code, encoding.message]).toEqual(['model-unsupported', expect.stringContaining('an encoder')]);
  });

  it('checks an encoder as it checks every model', async () => {
    const { ok, checks } = await engine()['models/verify']({ folder: tinyEncoder }, context);
    expect(ok).toBe(true);
    expect(checks.find(({ name }) => name === 'signature')?.detail).toBe(
      'embeddings of 32 numbers, from "sentence_embedding"',
    );
  });

  it('names the token that an encoder card promises and the tokenizer lacks', async () => {
    const folder = await copyOfModel('tiny-encoder');
    const specialTokens = { padding: '[PAD]', begin: '[BEGIN]', separator: '[SEP]' };
    await editCard(folder, (card) => ({ ...card, specialTokens }));
    const error = await settledError(engine()['models/load']({ folder }, context));
    expect([error.code, error.message]).toEqual(['model-card-invalid', expect.stringContaining('[BEGIN]')]);
  });

  it('says of a decoder that is called an encoder which output it lacks', async () => {
    const folder = await copyOfModel('tiny-fp32');
    const specialTokens = { padding: '<|endoftext|>', begin: '<|endoftext|>', separator: '<|endoftext|>' };
    await editCard(folder, (card) => ({ ...card, architecture: 'encoder', specialTokens }));
    const error = await settledError(engine()['models/load']({ folder }, context));
    expect(error).toMatchObject({ code: 'model-unsupported' });
  });
});

describe('the bundled encoder', () => {
  const functions = [
    'func Sum(xs []int) int {\n\ttotal := 0\n\tfor _, x := range xs {\n\t\ttotal += x\n\t}\n\treturn total\n}',
    'def read_lines(path):\n    with open(path, encoding="utf-8") as file:\n        return [line.rstrip() for line in file]',
    'export function isExpired(token: Token, now: number): boolean {\n  return token.expiresAt <= now;\n}',
    'fn remove_duplicates(items: &mut Vec<String>) {\n    items.sort();\n    items.dedup();\n}',
    'public void close() throws IOException {\n  socket.shutdownOutput();\n  socket.close();\n}',
  ];
  const descriptions = [
    'adds up all numbers of a slice',
    'Returns the lines of a text file.',
    'Tells whether the token has expired.',
    'Keeps each string only once in the vector.',
    'Closes the network connection.',
  ];

  it('finds the function that a description tells of', async () => {
    const encoder = await loadedEncoder(bundledEncoder);
    const [wanted, found] = [
      rows(await encoder.embed(descriptions, () => undefined, turn)),
      rows(await encoder.embed(functions, () => undefined, turn)),
    ];
    const cosine = (one: readonly number[], other: readonly number[]): number =>
      one.reduce((sum, value, index) => sum + value * other[index]!, 0);
    const nearest = wanted.map((query) => {
      const cosines = found.map((vector) => cosine(query, vector));
      return cosines.indexOf(Math.max(...cosines));
    });
    expect(nearest).toEqual([0, 1, 2, 3, 4]);
  });
});

describe('plain transformers.js', () => {
  const options = { dtype: 'q8', session_options: { logSeverityLevel: 3 } } as const;

  it('makes the same tokens and the same vectors of the folder', async () => {
    env.localModelPath = path.dirname(tinyEncoder);
    const name = path.basename(tinyEncoder);
    const tokenizer = await AutoTokenizer.from_pretrained(name);
    const peer = await AutoModel.from_pretrained(name, options);
    onTestFinished(async () => {
      await peer.dispose();
    });
    const own = await checkedEncoder(tinyEncoder);
    const encoder = await loadedEncoder(tinyEncoder);
    const wanted = rows(await encoder.embed(texts, () => undefined, turn));
    for (const [index, text] of texts.entries()) {
      const { begin, separator } = own.frame;
      expect([begin, ...own.tokenizer.encode(text), separator]).toEqual(tokenizer.encode(text));
      const outputs = (await peer(tokenizer(text))) as { readonly sentence_embedding: Tensor };
      const found = [...(outputs.sentence_embedding.data as Float32Array)];
      expect(largestDifference(found, wanted[index]!)).toBeLessThan(1e-5);
    }
  });

  it('gives the same vectors with its own pooling', async () => {
    env.localModelPath = path.dirname(tinyEncoder);
    const extract = await pipeline('feature-extraction', path.basename(tinyEncoder), options);
    onTestFinished(() => extract.dispose());
    const pooled = await extract(texts[0]!, { pooling: 'mean', normalize: true });
    const encoder = await loadedEncoder(tinyEncoder);
    const [wanted] = rows(await encoder.embed([texts[0]!], () => undefined, turn));
    expect(largestDifference([...(pooled.data as Float32Array)], wanted!)).toBeLessThan(1e-5);
  });
});
