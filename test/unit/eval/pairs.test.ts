import { beforeAll, describe, expect, it } from 'vitest';
import { commentedCode } from '../../eval/pairs/commentedCode.js';
import { firstParagraph, isDescription } from '../../eval/pairs/docText.js';
import { documentedFunctions, mayHoldPairs } from '../../eval/pairs/documentedFunctions.js';
import { loadGrammars, type Grammar } from '../../eval/pairs/grammars.js';
import { SeenPairs } from '../../eval/pairs/seenPairs.js';

describe('firstParagraph', () => {
  it.each([
    ['/**\n * Adds a user\n * to the list.\n *\n * More.\n * @param user who\n */', 'Adds a user to the list.'],
    ['/** Adds {@link User} with `name`.\n * @returns it */', 'Adds User with name.'],
    ['"""\n    Read the file.\n\n    Args:\n        path: where\n    """', 'Read the file.'],
    ['r"""Read :class:`~io.File` objects.\n    :param x: y"""', 'Read io.File objects.'],
    [
      '/// <summary>\n/// Gets the <see cref="T:Polly.Policy"/>.\n/// </summary>\n/// <param name="x">y</param>',
      'Gets the Polly.Policy.',
    ],
    ['// Parse reads a line\n// of text.', 'Parse reads a line of text.'],
    ['/// Joins parts.\n///\n/// # Panics\n/// Never.', 'Joins parts.'],
  ])('%j', (raw, paragraph) => {
    expect(firstParagraph(raw)).toBe(paragraph);
  });
});

describe('isDescription', () => {
  it.each(['Adds a user to the list.', '사용자를 목록에 추가합니다.'])('takes %s', (text) => {
    expect(isDescription(text)).toBe(true);
  });

  it.each([
    'Adds.',
    'TODO: write this down',
    '@inheritdoc of the base',
    '将用户添加到列表中 然后 返回',
    '1 2 3 4 => 5 6 7',
  ])('leaves out %s', (text) => {
    expect(isDescription(text)).toBe(false);
  });
});

describe('documentedFunctions', () => {
  let grammars: ReadonlyMap<string, Grammar>;
  beforeAll(async () => {
    grammars = await loadGrammars();
  });

  const doc = 'Counts the words of a text.';
  it.each([
    [
      'python',
      `class A:\n    def count(self, text):\n        """${doc}"""\n        words = text.split()\n        return len(words)\n`,
    ],
    [
      'typescript',
      `/** ${doc} */\nexport function count(text: string): number {\n  return text.split(' ').length;\n}\n`,
    ],
    [
      'typescript',
      `class A {\n  /** ${doc} */\n  @once()\n  count(text: string): number {\n    return text.length;\n  }\n}\n`,
    ],
    [
      'typescriptreact',
      `/**\n * ${doc}\n */\nexport const count = (text: string) => {\n  return <p>{text.length}</p>;\n};\n`,
    ],
    ['javascript', `/** ${doc} */\nproto.count = function (text) {\n  return text.length;\n};\n`],
    [
      'java',
      `class A {\n  /** ${doc} */\n  @Override\n  int count(String text) {\n    return text.length();\n  }\n}\n`,
    ],
    [
      'csharp',
      `class A {\n  /// <summary>${doc}</summary>\n  int Count(string text)\n  {\n    return text.Length;\n  }\n}\n`,
    ],
    ['go', `package a\n\n// count ${doc}\nfunc count(text string) int {\n\treturn len(text)\n}\n`],
    ['rust', `/// ${doc}\n#[inline]\npub fn count(text: &str) -> usize {\n    text.len()\n}\n`],
    ['cpp', `/// ${doc}\nint count(const char* text) {\n  return strlen(text);\n}\n`],
  ])('finds a function of %s', (language, text) => {
    const found = documentedFunctions(text, grammars.get(language)!);
    expect(found.map(({ name, description }) => [name.toLowerCase(), description])).toEqual([['count', doc]]);
    const { code, start, end } = found[0]!;
    expect(code).not.toContain(doc);
    expect(text.slice(start, end)).toContain(code.split('\n')[0]);
    expect(code.split('\n').at(-1)).toMatch(/^\S|^ {4}return/);
  });

  it('leaves out what is short, not documented, parted from its comment, or a test', () => {
    const body = '{\n  return text.length;\n}\n';
    const text = [
      `/** ${doc} */\nfunction one(text) { return text.length; }\n`,
      `function two(text) ${body}`,
      `/** ${doc} */\n\nfunction three(text) ${body}`,
      `/** ${doc} */\nfunction testFour(text) ${body}`,
      `/* ${doc} */\nfunction five(text) ${body}`,
    ].join('\n');
    expect(documentedFunctions(text, grammars.get('javascript')!)).toEqual([]);
  });

  it('finds comments between statements with what is behind them', () => {
    const text =
      'def f(text):\n    n = 0\n    # Split the text into\n    # its words first.\n    words = text.split()\n    n = len(words)\n\n    return n\n';
    expect(commentedCode(text, grammars.get('python')!)).toEqual([
      { description: 'Split the text into its words first.', code: 'words = text.split()\nn = len(words)' },
    ]);
  });
});

describe('pairs of a corpus', () => {
  it('are not cut out of tests', () => {
    expect(['src/app.ts', 'src/latest.ts', 'contest/a.py'].map(mayHoldPairs)).toEqual([true, true, true]);
    expect(['test/a.ts', 'src/a.test.ts', 'pkg/a_test.go', 'src/__tests__/a.js'].map(mayHoldPairs)).toEqual([
      false,
      false,
      false,
      false,
    ]);
  });

  it('are there once, whatever their case and signs', () => {
    const seen = new SeenPairs();
    expect(seen.add('Adds a user.', 'add(user)')).toBe(true);
    expect(seen.add('adds a `user`', 'other(user)')).toBe(false);
    expect(seen.add('Removes a user.', 'add( User )')).toBe(false);
    expect(seen.add('Removes a user.', 'remove(user)')).toBe(true);
  });
});
