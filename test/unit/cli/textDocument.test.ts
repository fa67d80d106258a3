import { describe, expect, it } from 'vitest';
import { assertInside, createTextDocument } from '../../../src/cli/textDocument.js';
import type { DocumentSnapshot } from '../../../src/core/completion/documentSnapshot.js';

function documentOf(text: string): DocumentSnapshot {
  return createTextDocument({ uri: 'file:///a.ts', path: 'a.ts', languageId: 'typescript', text });
}

describe('createTextDocument', () => {
  it('divides at every kind of line end and knows the usual one', () => {
    const document = documentOf('a\r\nb\r\nc\r\nd\re');
    expect([0, 1, 2, 3, 4].map((line) => document.lineAt(line))).toEqual(['a', 'b', 'c', 'd', 'e']);
    expect(document.endOfLine).toBe('\r\n');
    expect(documentOf('a\nb\n').endOfLine).toBe('\n');
    expect(() => document.lineAt(5)).toThrow('outside');
  });

  it.each([
    ['two blanks', 'if (a) {\n  b();\n    c();\n}\n', { insertSpaces: true, tabSize: 2 }],
    ['tabs', 'if (a) {\n\tb();\n}\n', { insertSpaces: false, tabSize: 4 }],
    ['nothing', '', { insertSpaces: true, tabSize: 4 }],
  ])('reads the indentation off a text with %s', (_, text, indentation) => {
    expect(documentOf(text)).toMatchObject(indentation);
  });
});

describe('assertInside', () => {
  const document = documentOf('한글\nab');

  it('takes the place after the last unit of a line', () => {
    expect(() => assertInside(document, { line: 1, character: 2 })).not.toThrow();
  });

  it('names the last line, and the last column', () => {
    expect(() => assertInside(document, { line: 2, character: 0 })).toThrow(
      expect.objectContaining({ sentence: 'Line 3 is past the end of a.ts. Its last line is 2.' }) as Error,
    );
    expect(() => assertInside(document, { line: 0, character: 3 })).toThrow(
      expect.objectContaining({ sentence: 'Column 4 is past the end of line 1. Its last column is 3.' }) as Error,
    );
  });
});
