import { mkdtempSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import type { TokenizerSource } from '../../../src/core/tokenizer/tokenizerSource.js';
import { createTokenizerHandlers } from '../../../src/engine/tokenizers/tokenizerHandlers.js';
import { settledError } from '../../support/settledError.js';
import { smallByteFallback, smallByteLevel, smallWordPiece } from '../../unit/tokenizer/tokenizerFixtures.js';
import { bundledModel, copyOfModel, fixtureModel, noAbort, replaceFile } from '../modelFixtures.js';

const context = { signal: noAbort, report: (): void => undefined };
const handlers = createTokenizerHandlers();

/** A folder with these files, which goes away after the test. */
function folderWith(files: Readonly<Record<string, string | object>>): string {
  const folder = mkdtempSync(path.join(tmpdir(), 'glassbox-tokenizer-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  for (const [name, content] of Object.entries(files)) {
    writeFileSync(path.join(folder, name), typeof content === 'string' ? content : JSON.stringify(content));
  }
  return folder;
}

function namesOf(source: TokenizerSource, text: string): Promise<readonly string[]> {
  return handlers['tokenizers/encode']({ source, text, controlTokens: 'recognized' }, context).then(
    ({ entries, vocabulary }) => Array.from(entries, (entry) => vocabulary.names[entry]!),
  );
}

describe('tokenizers/list', () => {
  it('has the models of the roots and the built-in tokenizers, and says why one cannot be used', async () => {
    const broken = await copyOfModel('tiny-fp32');
    writeFileSync(path.join(broken, 'tokenizer.json'), '{}');
    const roots = [bundledModel, broken].map((folder) => ({ path: folder, source: 'folder' as const }));

    const list = await handlers['tokenizers/list']({ roots }, context);

    expect(list).toMatchObject([
      {
        kind: 'usable',
        description: {
          source: { kind: 'model', folder: bundledModel },
          algorithm: 'bpe',
          coversAllText: true,
          vocabularySize: 8192,
          controlTokens: expect.arrayContaining([{ id: 0, name: '<|endoftext|>' }]) as unknown,
          hasChatTemplate: false,
        },
      },
      {
        kind: 'broken',
        source: { kind: 'model', folder: broken },
        problem: { message: expect.stringContaining('tokenizer.json') as string },
      },
      { kind: 'usable', description: { name: 'gpt2', vocabularySize: 50257 } },
      { kind: 'usable', description: { name: 'cl100k_base', vocabularySize: 100277 } },
      { kind: 'usable', description: { name: 'o200k_base', vocabularySize: 200019 } },
    ]);
  });
});

describe('a tokenizer of a folder or a file', () => {
  it('is found by either path', async () => {
    const folder = folderWith({ 'tokenizer.json': smallByteLevel() });

    const [byFolder, byFile] = await Promise.all(
      [folder, path.join(folder, 'tokenizer.json')].map((place) => namesOf({ kind: 'file', path: place }, 'return')),
    );

    expect(byFolder).toEqual(['return']);
    expect(byFile).toEqual(byFolder);
  });

  it('is read again when the file changes', async () => {
    const folder = folderWith({ 'tokenizer.json': smallByteLevel() });
    const source: TokenizerSource = { kind: 'file', path: folder };

    expect(await namesOf(source, 'return')).toEqual(['return']);
    writeFileSync(path.join(folder, 'tokenizer.json'), JSON.stringify(smallByteFallback()));
    expect(await namesOf(source, 'return')).toEqual(['▁return']);
  });

  it('is described as what it is', async () => {
    const files = { 'tokenizer.json': smallWordPiece(), 'tokenizer_config.json': { chat_template: '{{ messages }}' } };
    const source: TokenizerSource = { kind: 'file', path: folderWith(files) };

    expect(await handlers['tokenizers/describe']({ source }, context)).toMatchObject({
      algorithm: 'wordpiece',
      coversAllText: false,
      vocabularySize: 27,
      hasChatTemplate: true,
    });
  });
});

describe('a tokenizer that cannot be read', () => {
  it.each<[string, Readonly<Record<string, string | object>>, string, string]>([
    ['is missing', {}, 'tokenizer-missing', 'There is no tokenizer at'],
    ['is not JSON', { 'tokenizer.json': '{"model":' }, 'tokenizer-unsupported', 'tokenizer.json is not valid JSON'],
    ['is something else', { 'tokenizer.json': [1, 2] }, 'tokenizer-unsupported', 'tokenizer.json: '],
    [
      'is of a type that is not supported',
      { 'tokenizer.json': { model: { type: 'WordLevel', vocab: { a: 0 } } } },
      'tokenizer-unsupported',
      'models of type WordLevel are not supported, only BPE, WordPiece and Unigram',
    ],
    [
      'has a component that the library does not know',
      { 'tokenizer.json': smallByteLevel({ pre_tokenizer: { type: 'Telepathy' } }) },
      'tokenizer-unsupported',
      'Telepathy',
    ],
    [
      'has merges of another shape',
      { 'tokenizer.json': { ...smallByteLevel(), model: { type: 'BPE', vocab: {}, merges: [1] } } },
      'tokenizer-unsupported',
      'model.merges: must be a list of pairs',
    ],
    [
      'has a pattern that is none',
      {
        'tokenizer.json': smallByteLevel({
          pre_tokenizer: { type: 'Split', pattern: { Regex: '(' }, behavior: 'Isolated', invert: false },
        }),
      },
      'tokenizer-unsupported',
      'The tokenizer cannot be loaded',
    ],
  ])('%s', async (_, files, code, message) => {
    const source: TokenizerSource = { kind: 'file', path: folderWith(files) };

    const error = await settledError(handlers['tokenizers/describe']({ source }, context));

    expect(error).toMatchObject({ code, message: expect.stringContaining(message) as string });
  });

  it('is too large', async () => {
    const folder = folderWith({ 'tokenizer.json': '' });
    truncateSync(path.join(folder, 'tokenizer.json'), 65 * 2 ** 20);

    const error = await settledError(
      handlers['tokenizers/describe']({ source: { kind: 'file', path: folder } }, context),
    );

    expect(error.message).toMatch(/has 65 MB; tokenizer files of more than 64 MB are not read/);
  });

  it("does not have the hash that the model's card says", async () => {
    const folder = await copyOfModel('tiny-fp32');
    writeFileSync(path.join(folder, 'tokenizer.json'), JSON.stringify(smallByteLevel()));

    const error = await settledError(handlers['tokenizers/describe']({ source: { kind: 'model', folder } }, context));

    expect(error.code).toBe('model-hash-mismatch');
  });
});

describe('tokenizers/renderChat', () => {
  const messages = [
    { role: 'user', content: '안녕' },
    { role: 'assistant', content: 'Hi' },
  ];
  const template =
    "{{ bos_token }}{% for m in messages %}<|{{ m['role'] }}|>{{ m.content }}\n{% endfor %}" +
    '{% if add_generation_prompt %}<|assistant|>{% endif %}';

  it.each<[string, Readonly<Record<string, string | object>>]>([
    ['a file', { 'chat_template.jinja': template, 'tokenizer_config.json': { bos_token: { content: '<s>' } } }],
    ['the configuration', { 'tokenizer_config.json': { chat_template: template, bos_token: '<s>' } }],
    [
      'a list of named ones',
      {
        'tokenizer_config.json': {
          bos_token: '<s>',
          chat_template: [
            { name: 'tools', template: 'x' },
            { name: 'default', template },
          ],
        },
      },
    ],
  ])('applies the template of %s', async (_, files) => {
    const folder = folderWith({ 'tokenizer.json': smallByteLevel(), ...files });
    const params = { source: { kind: 'file', path: folder } as const, messages };

    const [open, closed] = await Promise.all(
      [true, false].map((addGenerationPrompt) =>
        handlers['tokenizers/renderChat']({ ...params, addGenerationPrompt }, context),
      ),
    );

    expect(closed?.text).toBe('<s><|user|>안녕\n<|assistant|>Hi\n');
    expect(open?.text).toBe(`${closed?.text ?? ''}<|assistant|>`);
  });

  it.each<[string, Readonly<Record<string, string>>, string]>([
    ['there is none', {}, 'has no chat template'],
    ['it is not well-formed', { 'chat_template.jinja': '{% for %}' }, 'The chat template cannot be applied'],
    [
      'it refuses the conversation',
      { 'chat_template.jinja': "{{ raise_exception('Roles must alternate') }}" },
      'Roles must alternate',
    ],
  ])('says that %s', async (_, files, message) => {
    const source: TokenizerSource = {
      kind: 'file',
      path: folderWith({ 'tokenizer.json': smallByteLevel(), ...files }),
    };

    const error = await settledError(
      handlers['tokenizers/renderChat']({ source, messages, addGenerationPrompt: true }, context),
    );

    expect(error).toMatchObject({
      code: 'tokenizer-unsupported',
      message: expect.stringContaining(message) as string,
    });
  });

  it('takes the template of a model only when its card names it', async () => {
    const folder = await copyOfModel('tiny-fp32');
    const source: TokenizerSource = { kind: 'model', folder };
    writeFileSync(path.join(folder, 'chat_template.jinja'), template);
    expect((await handlers['tokenizers/describe']({ source }, context)).hasChatTemplate).toBe(false);

    await replaceFile(folder, 'chat_template.jinja', template);
    expect((await handlers['tokenizers/describe']({ source }, context)).hasChatTemplate).toBe(true);
  });
});

describe('tokenizers/replay', () => {
  it('agrees with the library for every kind of source', async () => {
    const sources: readonly TokenizerSource[] = [
      { kind: 'builtin', name: 'gpt2' },
      { kind: 'model', folder: fixtureModel('tiny-fp32') },
      { kind: 'file', path: folderWith({ 'tokenizer.json': smallWordPiece() }) },
    ];

    for (const source of sources) {
      const text = 'return 한국 unaffable';
      const trace = await handlers['tokenizers/replay']({ source, text, controlTokens: 'text' }, context);
      expect(trace.agrees).toBe(true);
      expect(trace.ids.length).toBeGreaterThan(0);
    }
  });
});
