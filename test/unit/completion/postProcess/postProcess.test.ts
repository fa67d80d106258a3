import { describe, expect, it } from 'vitest';
import { readCursorContext } from '../../../../src/core/completion/cursorContext.js';
import { postProcess } from '../../../../src/core/completion/postProcess/postProcess.js';
import { repeatsItself, shortestPeriod } from '../../../../src/core/completion/postProcess/repetition.js';
import { containsSecret } from '../../../../src/core/completion/postProcess/secretText.js';
import { queryAt } from '../../../support/documentText.js';

const process = (marked: string, raw: string, maxLines = 1): string => {
  const result = postProcess(raw, { cursor: readCursorContext(queryAt(marked)), maxLines });
  return result.kind === 'text' ? result.text : `<${result.reason}>`;
};

describe('postProcess', () => {
  it.each([
    ['a plain line', 'const a = ‸', 'b + c;', 'b + c;'],
    ['one line was asked for', 'const a = ‸', 'b;\nconst c = d;', 'b;'],
    ['trailing blanks', 'const a = ‸', 'bc;  \t', 'bc;'],
    ['nothing', 'const a = ‸', '', '<blank-result>'],
    ['blanks', 'const a = ‸', '  \n \n', '<blank-result>'],
    ['a special token alone', 'const a = ‸', '<|endoftext|>', '<blank-result>'],
    ['one character', 'const a = b‸', ';', '<blank-result>'],
    ['one emoji of two units', "const a = '‸'", '🙂', '<blank-result>'],
    ['one Korean syllable', '// ‸', '다', '<blank-result>'],
    ['two Korean syllables', '// ‸', '한다', '한다'],
    ['the rest of the line', 'const a = ‸ + b;', ' + b;', '<repeats-following-text>'],
    ['the next line', '‸\nreturn total;', 'return total;', '<repeats-following-text>'],
    ['the next line, partly typed', 'return ‸\nreturn total;', 'total;', '<equals-neighbouring-line>'],
    ['the line above', 'return total;\n‸', 'return total;', '<equals-neighbouring-line>'],
    ['the line above, partly typed', 'return total;\nreturn ‸', 'total;', '<equals-neighbouring-line>'],
    ['a bracket like the line above', '  }\n‸', '});', '});'],
    ['a loop', '// ‸', 'ha '.repeat(12), '<repeats-itself>'],
    ['a rule of dashes', '// ‸', '-'.repeat(60), '-'.repeat(60)],
    ['a secret', "const key = '‸'", 'AKIAABCDEFGHIJKLMNOP', '<contains-secret>'],
  ])('%s', (_, marked, raw, shown) => {
    expect(process(marked, raw)).toBe(shown);
  });

  it('applies the steps to several lines in their order', () => {
    const raw = '\n\treturn a;<|end|>\n}';
    expect(process('function f() {‸\n}\n', raw, 12)).toBe('\n    return a;');
    expect(process('function f() {‸\n}\n', '\n\treturn a;\n}\nfunction g() {}', 12)).toBe('\n    return a;');
  });

  it('keeps to the number of lines', () => {
    expect(process('f(() => {‸', '\n  a();\n  b();\n  c();', 2)).toBe('\n  a();\n  b();');
  });
});

describe('repeatsItself', () => {
  it.each([
    ['one word ten times', 'la '.repeat(10), true],
    ['one word nine times', 'la '.repeat(9), false],
    ['a period of four', 'a = b; '.repeat(5), true],
    ['not yet', 'a = b; '.repeat(3), false],
    ['a period of six', 'f(a, b); '.repeat(5), true],
    ['a condition joined with itself', 'task.due !== undefined && task.due !== undefined && task.due !== un', true],
    ['a condition repeated once', 'left.size === 0 && left.size === 0', false],
    ['eight zeros', '[0, 0, 0, 0, 0, 0, 0, 0', false],
    ['a list', '1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16', false],
    ['Korean', '안녕 '.repeat(10), true],
    ['emoji', '🙂 '.repeat(10), true],
    ['a word that repeats a part of itself', 'self._node_node_node_node', true],
    ['Korean, the same', '데이터데이터데이터데이터', true],
    ['a word with a part three times', 'tar_tar_tar', false],
    ['digits', '0x000000000000000000000000', false],
    ['four equal lines', 'x\n  call();\n  call();\n  call();\n  call();', true],
    ['three equal lines', 'x\n  call();\n  call();\n  call();', false],
    ['closing lines', '}\n}\n}\n}\n}', false],
  ])('%s: %#', (_, text, repeats) => {
    expect(repeatsItself(text)).toBe(repeats);
  });

  it.each([
    ['aaaa', 1],
    ['abab', 2],
    ['abcab', 3],
    ['abcd', 4],
  ])('period of %s is %d', (text, period) => {
    expect(shortestPeriod(text.split(''))).toBe(period);
  });
});

describe('containsSecret', () => {
  it.each([
    ['-----BEGIN RSA PRIVATE KEY-----', true],
    ['ghp_0123456789abcdefghijABCDEFGHIJ012345', true],
    ['sk-proj-0123456789abcdefghij', true],
    ['postgres://admin:hunter2hunter@db.example/x', true],
    ['process.env.API_KEY', false],
    ['https://example.org/a:b@c', false],
    ['const task = sketch("sk-");', false],
    ['const sha = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b";', false],
  ])('%s: %s', (text, secret) => {
    expect(containsSecret(text, '')).toBe(secret);
  });

  it('sees a secret that the user began and the model would finish', () => {
    expect(containsSecret('ABCDEFGHIJKLMNOP";', 'const id = "AKIA')).toBe(true);
  });

  it('does not object to what stands in the line already', () => {
    expect(containsSecret('.trim()', 'const id = "AKIAABCDEFGHIJKLMNOP"')).toBe(false);
  });
});
