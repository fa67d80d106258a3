import { describe, expect, it } from 'vitest';
import type { GenerationRequest, GenerationResult } from '../../../src/core/completion/generation.js';
import type { PromptParts } from '../../../src/core/prompt/promptParts.js';
import { greedy } from '../../../src/core/sampling/samplingOptions.js';
import type { LoadedModel } from '../../../src/engine/models/loadedModel.js';
import { bundledModel, fixtureModel, loadedModel, noAbort } from '../modelFixtures.js';

const oneLine: GenerationRequest['stop'] = {
  maxNewTokens: 40,
  singleLine: true,
  maxLines: 1,
  stopStrings: [],
  deadlineMs: 600_000,
};

/** A text in which `‸` marks the cursor, as the pipeline sends it. */
function promptAt(marked: string, path = 'src/cart.ts'): PromptParts {
  const [left = '', suffix = ''] = marked.split('‸');
  const lineStart = left.lastIndexOf('\n') + 1;
  const [prefix, currentLine] = [left.slice(0, lineStart), left.slice(lineStart)];
  return { path, languageId: 'typescript', chunks: [], prefix, prefixStartLine: 0, currentLine, suffix };
}

function complete(
  model: LoadedModel,
  marked: string,
  change: Partial<GenerationRequest> = {},
): Promise<GenerationResult> {
  const request: GenerationRequest = {
    prompt: promptAt(marked),
    sampling: greedy,
    stop: oneLine,
    tokenHealing: true,
    memory: 'file',
    alternativeCount: 0,
    ...change,
  };
  return model.generate(request, () => undefined, noAbort);
}

const quirky = 'const zorbleRate = computeZorble(quuxTable, 1729, { mode: "frobnicate" });';
const above = `${quirky}\nsend(zorbleRate);\n`;

describe('what stands in the file', () => {
  it.each([
    ['from the line start', 'const zorbleRate = ', quirky],
    ['inside a word', 'const zorbleRate = computeZor', quirky],
    ['after a blank', 'const ', quirky],
  ])('is written again, %s, and the line ends as it does there', async (_, typed, line) => {
    const model = await loadedModel(bundledModel);

    const { text, stopReason } = await complete(model, `${above}\n${typed}‸\n`);

    expect(typed + text).toBe(line);
    expect(stopReason).toBe('end-of-text');
  });

  it('is written again however far it was indented', async () => {
    const model = await loadedModel(bundledModel);
    const inner = 'prepare();\n      sendZorble(quuxTable, 1729);\n      done();\n';

    const { text } = await complete(model, `if (ready) {\n      ${inner}}\n\nprepare();\n‸\n`);

    expect(text).toBe('sendZorble(quuxTable, 1729);');
  });

  it('is nothing the model would write by itself', async () => {
    const model = await loadedModel(bundledModel);

    const { text, tokens } = await complete(model, `${above}\nconst zorbleRate = ‸\n`, { memory: 'off' });

    expect(text).not.toContain('frobnicate');
    expect(tokens.every(({ remembered }) => remembered === undefined)).toBe(true);
  });

  it('is also what follows the cursor', async () => {
    const model = await loadedModel(bundledModel);

    const { text, tokens } = await complete(model, `first();\nconst zorbleRate = ‸\nsecond();\n${above}`);

    expect(text).toBe('computeZorble(quuxTable, 1729, { mode: "frobnicate" });');
    expect(tokens.at(-1)?.remembered?.place).toMatchObject({ source: 'file', path: 'src/cart.ts', line: 3 });
  });

  it('does not end an unfinished word as it stands', async () => {
    const model = await loadedModel(bundledModel);

    const { tokens } = await complete(model, 'call(alpha);\nconst value = quu‸\n');

    const own = tokens.filter(({ remembered }) => (remembered?.place?.agreement ?? 0) > 8);
    expect(own).toEqual([]);
  });

  it('says where each token stands, and how much of its probability is memory', async () => {
    const model = await loadedModel(bundledModel);

    const { tokens } = await complete(model, `\n\n${above}\nconst zorbleRate = ‸\n`);

    for (const { logProb, remembered } of tokens.slice(2)) {
      expect(remembered!.place).toMatchObject({ source: 'file', path: 'src/cart.ts', line: 2 });
      expect(remembered!.share).toBeGreaterThan(0);
      expect(Math.exp(remembered!.logProb) * (1 - remembered!.share)).toBeLessThanOrEqual(Math.exp(logProb) + 1e-6);
    }
  });

  it('never adds a line break where one line is wanted', async () => {
    const model = await loadedModel(bundledModel);
    const rest = `${above}\nconst zorbleRate = computeZorble(‸)\n`;

    const { text, stopReason } = await complete(model, rest);

    expect(text).not.toContain('\n');
    expect(['end-of-text', 'max-tokens']).toContain(stopReason);
  });

  it('also helps a model that writes from left to right only', async () => {
    const model = await loadedModel(fixtureModel('tiny-fp32'));

    const { text } = await complete(model, `${above}\nconst zorbleRate = compute‸`, {
      stop: { ...oneLine, maxNewTokens: 64 },
    });

    expect(text.startsWith('Zorble(quux')).toBe(true);
  });
});

describe('a line that stands between the same lines elsewhere', () => {
  const left = 'openZorble(first);\nglimmer.flush();\ncloseZorble();\n';
  const right = 'openZorble(second);\nquarrel.settle();\nawaitZorble();\n';

  it.each([
    ['closeZorble();', 'glimmer.flush();'],
    ['awaitZorble();', 'quarrel.settle();'],
  ])('is written above %s, whatever stands before it', async (below, line) => {
    const model = await loadedModel(bundledModel);
    const marked = `${left}\n${right}\nopenZorble(third);\n‸\n${below}\n`;

    const { text, tokens } = await complete(model, marked);

    expect(text).toBe(line);
    expect(tokens.at(-1)?.remembered?.place).toMatchObject({
      source: 'file',
      agreementAhead: expect.any(Number) as number,
    });
    expect(tokens.at(-1)?.remembered?.place?.agreementAhead).toBeGreaterThan(2);
  });
});

describe('what stands in other files', () => {
  const marked = 'const zorbleRate = ‸\n';
  const remembered = { path: 'src/rates.ts', text: above };

  it('is written when it was remembered, until it is forgotten', async () => {
    const model = await loadedModel(bundledModel);
    const ask = async (): Promise<string> => (await complete(model, marked, { memory: 'workspace' })).text;
    const before = await ask();

    expect(model.memory.remember([remembered])).toMatchObject({ fileCount: 1 });
    const after = await ask();
    const { text: ofFile } = await complete(model, marked, { memory: 'file' });
    expect(model.memory.remember([{ ...remembered, text: null }])).toEqual({ fileCount: 0, tokenCount: 0 });

    expect(after).toBe('computeZorble(quuxTable, 1729, { mode: "frobnicate" });');
    expect([before, ofFile, await ask()]).toEqual([before, before, before]);
    expect(before).not.toBe(after);
  });

  it('is told with path and line', async () => {
    const model = await loadedModel(bundledModel);
    model.memory.remember([{ path: 'src/rates.ts', text: `// rates\n${above}` }]);

    const { tokens } = await complete(model, marked, { memory: 'workspace' });

    expect(tokens.at(-1)?.remembered?.place).toMatchObject({ source: 'workspace', path: 'src/rates.ts', line: 1 });
  });

  it('leaves out the file that is written in: it may have changed', async () => {
    const model = await loadedModel(bundledModel);
    model.memory.remember([{ path: 'src/cart.ts', text: above }]);

    const { text } = await complete(model, marked, { memory: 'workspace' });

    expect(text).not.toContain('frobnicate');
  });

  it('is what was said last', async () => {
    const model = await loadedModel(bundledModel);
    model.memory.remember([remembered]);
    model.memory.remember([{ ...remembered, text: above.replaceAll('1729', '4711') }]);

    expect((await complete(model, marked, { memory: 'workspace' })).text).toContain('4711');
  });
});
