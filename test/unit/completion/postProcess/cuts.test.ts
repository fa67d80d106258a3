import { describe, expect, it } from 'vitest';
import { readCursorContext } from '../../../../src/core/completion/cursorContext.js';
import { cutAtBlockEnd } from '../../../../src/core/completion/postProcess/blockEnd.js';
import { withoutExtraIndentation } from '../../../../src/core/completion/postProcess/cursorIndentation.js';
import { toEditorIndentation } from '../../../../src/core/completion/postProcess/editorIndentation.js';
import { hasCompleteLine, limitLines } from '../../../../src/core/completion/postProcess/lineLimit.js';
import {
  cutAtNearEqualLine,
  isNearEqual,
  levenshtein,
} from '../../../../src/core/completion/postProcess/nearEqualLine.js';
import { cutAtSpecialToken } from '../../../../src/core/completion/postProcess/specialTokens.js';
import { cutAtSuffixOverlap } from '../../../../src/core/completion/postProcess/suffixOverlap.js';
import { queryAt } from '../../../support/documentText.js';

const contextAt = (marked: string, languageId = 'typescript'): ReturnType<typeof readCursorContext> =>
  readCursorContext(queryAt(marked, { document: { languageId, tabSize: 2 } }));

describe('cutAtSpecialToken', () => {
  it.each([
    ['return a<|endoftext|>b', 'return a'],
    ['return a<|im_end|>\n', 'return a'],
    ['x<fim_middle>y', 'x'],
    ['x<file_sep>y', 'x'],
    ['값<｜fim▁end｜>', '값'],
    ['x <EOT>', 'x '],
    ['[/INST] x', ''],
    ['a < b && c | d', 'a < b && c | d'],
    ['<div><s>x</s></div>', '<div><s>x</s></div>'],
    ['a <| b |> c', 'a <| b |> c'],
  ])('%j becomes %j', (text, cut) => {
    expect(cutAtSpecialToken(text, '')).toBe(cut);
  });

  it('leaves tokens that the document is about', () => {
    expect(cutAtSpecialToken("x === '<|im_end|>'", "const end = '<|im_end|>';")).toBe("x === '<|im_end|>'");
  });
});

describe('limitLines', () => {
  it.each([
    ['a\nb\nc', 1, 'a'],
    ['a\nb\nc', 2, 'a\nb'],
    ['a\nb\nc', 9, 'a\nb\nc'],
    ['\n\n  a\nb', 1, '\n\n  a'],
    ['  ', 1, '  '],
    ['a\n', 1, 'a'],
  ])('%j to %d', (text, limit, limited) => {
    expect(limitLines(text, limit)).toBe(limited);
  });

  it('knows when a line is complete', () => {
    expect([
      hasCompleteLine('\n  a'),
      hasCompleteLine('\n\n'),
      hasCompleteLine('a\n'),
      hasCompleteLine('\n a\nb'),
    ]).toEqual([false, false, true, true]);
  });
});

describe('toEditorIndentation', () => {
  const spaces = { insertSpaces: true, tabSize: 2 };
  const tabs = { insertSpaces: false, tabSize: 4 };
  it.each([
    ['a\n\tb\n\t\tc', 'x', spaces, 'a\n  b\n    c'],
    ['a\n    b\n        c', 'x', tabs, 'a\n\tb\n\t\tc'],
    ['a\n      b', 'x', tabs, 'a\n\t  b'],
    ['\tb\tc', '', spaces, '  b\tc'],
    ['\tb', 'x', spaces, '\tb'],
    ['가\n\t나\t다', 'x', spaces, '가\n  나\t다'],
  ])('%j after %j', (text, currentLine, style, written) => {
    expect(toEditorIndentation(text, currentLine, style)).toBe(written);
  });
});

describe('withoutExtraIndentation', () => {
  it.each([
    ['two columns too many', 'f() {\n  ‸\n}', '  return 1;', 'return 1;'],
    ['the lines below move along', 'f() {\n  ‸\n}', '  if (a) {\n        b;\n    }', 'if (a) {\n      b;\n  }'],
    ['as deep as the line above', '  a;\n  ‸', '    b;', 'b;'],
    ['not yet as deep as the line above', '    a;\n  ‸', '  b;', '  b;'],
    ['not yet deeper than the opening line', '  f() {\n ‸', '   b;', '   b;'],
    ['nothing left of the cursor', 'f() {\n‸', '  b;', '  b;'],
    ['something left of the cursor', '  a =‸', '  b;', '  b;'],
    ['a line break first', 'f() {\n  ‸\n}', '\n    b;', '\n    b;'],
    ['Korean', '함수() {\n  ‸\n}', '  값;', '값;'],
  ])('%s', (_, marked, text, aligned) => {
    expect(withoutExtraIndentation(text, contextAt(marked))).toBe(aligned);
  });
});

describe('cutAtBlockEnd', () => {
  it.each([
    ['TypeScript block', 'function f() {‸\n}', '\n  return 1;\n}\n\nfunction g() {', '\n  return 1;\n}'],
    ['TypeScript else', 'if (a) {‸', '\n  b;\n} else {\n  c;\n}', '\n  b;\n}'],
    ['empty body', 'if (a) {\n  ‸\n}', 'b;\n}\nc;', 'b;\n}'],
    ['statement after an acceptance', 'f() {\n  a;‸\n}', '\n  b;\n}\nc;', '\n  b;'],
    ['brackets of the text', '  ‸', 'call(\nx,\n);\n  next;\nend;', 'call(\nx,\n);\n  next;'],
    ['template literal', '  const a = {‸', '\n    b: `\nraw\n`,\n  };\n  x;', '\n    b: `\nraw\n`,\n  };'],
    ['blank lines inside', 'f() {‸', '\n  a;\n\n  b;\n}\nc', '\n  a;\n\n  b;\n}'],
    ['closing with punctuation', 'const f = () => {‸', '\n  a;\n};\nnext();', '\n  a;\n};'],
    ['closing inside a call', 'it("", () => {‸', '\n  a;\n});\nnext();', '\n  a;\n});'],
  ])('%s', (_, marked, text, cut) => {
    expect(cutAtBlockEnd(text, contextAt(marked))).toBe(cut);
  });

  it.each([
    ['function body', 'def f(x):‸', '\n  return x\n\ndef g():\n  pass', '\n  return x\n'],
    ['nested', '  for x in y:‸', '\n    print(x)\n  return y', '\n    print(x)'],
    ['empty body', 'if a:\n  ‸\nelse:', '값 = 1\n  b()\nc()', '값 = 1\n  b()'],
    ['docstring', 'def f():‸', '\n  """\nText (of it.\n"""\n  a()\nb()', '\n  """\nText (of it.\n"""\n  a()'],
    ['dedented bracket of the text', 'def f():‸', '\n  return [\n1,\n]\nx', '\n  return [\n1,\n]'],
  ])('Python: %s', (_, marked, text, cut) => {
    expect(cutAtBlockEnd(text, contextAt(marked, 'python'))).toBe(cut);
  });
});

describe('cutAtSuffixOverlap', () => {
  it.each([
    ['rest of the line', 'const x = ‸ + 1;', 'foo + 1;', 'foo'],
    ['rest of the line and more', 'const x = ‸ + 1;', 'foo + 1; // one', 'foo'],
    ['start of the rest', 'call(‸, b)', 'a,', 'a'],
    ['a letter by chance', 'const x = ‸a + b', 'data', 'data'],
    ['inside a word', 'fo‸x', 'o bax', 'o ba'],
    ['partner of a bracket before', 'bar(‸ + y)', 'foo(x + y)', 'foo(x + y)'],
    ['line below', '  ‸\n  return total;\n}', 'total += 1;\n  return total;\n}', 'total += 1;'],
    ['closing line below', 'if (a) {‸\n}', '\n  b();\n}', '\n  b();'],
    ['closing lines below', 'f(() => {‸\n  });\n}', '\n    b();\n  });\n}', '\n    b();'],
    ['closer of a block of its own', '  ‸\n}', 'const a = {\n}', 'const a = {\n}'],
    ['blank line before', '‸\n\nexport const second = 2;', 'first();\nexport const second = 2;\nthird();', 'first();'],
    [
      'twenty characters of the next line',
      '‸\nexport const second = compute(1);',
      'a();\nexport const second = other();',
      'a();',
    ],
    ['the cursor line itself', '‸\nreturn total;', 'return total;', 'return total;'],
    ['Korean', '‸\n합계 = 더하기(가, 나)', '가 = 1\n합계 = 더하기(가, 나)', '가 = 1'],
    ['emoji', 'x = "‸👩‍👩‍👧";', '🙂👩‍👩‍👧";', '🙂'],
    ['CRLF', '‸\r\nreturn total;\r\n', 'a();\nreturn total;', 'a();'],
    ['nothing below', 'a‸', 'b\nc', 'b\nc'],
  ])('%s', (_, marked, text, cut) => {
    expect(cutAtSuffixOverlap(text, contextAt(marked))).toBe(cut);
  });
});

describe('cutAtNearEqualLine', () => {
  it.each([
    ['equal later line', 'a‸\n  console.log(total);', '();\n  console.log(total);\n  b();', '();'],
    ['nearly equal later line', 'a‸\n  console.log(total);', '();\n  console.log(totals);', '();'],
    ['different later line', 'a‸\n  console.log(total);', '();\n  console.log(sum);', '();\n  console.log(sum);'],
    ['brackets alone', 'a‸\n});', '() {\n});', '() {\n});'],
    ['up to four characters', 'a‸\nx++;', '\nx++;', '\nx++;'],
    ['blank cursor line', '‸\nreturn resultOf(total);', 'return resultOf(totel);', ''],
    ['typed cursor line', 'const first1 = f(1);‸\nconst first2 = f(1);', ' ', ' '],
    ['other text right of the cursor', 'a(‸b)\nconsole.log(total);', '\nconsole.log(total);', '\nconsole.log(total);'],
    ['Korean', '‸\n합계를 출력합니다(전체 합계);', '합계를 출력합니다(전체 합계).', ''],
  ])('%s', (_, marked, text, cut) => {
    expect(cutAtNearEqualLine(text, contextAt(marked))).toBe(cut);
  });

  it('compares lines without their indentation', () => {
    expect(isNearEqual('\treturn value;', '    return value;  ')).toBe(true);
    expect(isNearEqual('return value;', 'return other;')).toBe(false);
    expect(isNearEqual('x'.repeat(1_000), `${'x'.repeat(999)}y`)).toBe(false);
  });

  it.each([
    ['kitten', 'sitting', 3],
    ['', 'abc', 3],
    ['가나다', '가나', 1],
    ['same', 'same', 0],
  ])('distance of %j and %j is %d', (a, b, distance) => {
    expect(levenshtein(a, b)).toBe(distance);
    expect(levenshtein(b, a)).toBe(distance);
  });
});
