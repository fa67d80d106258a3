import fc from 'fast-check';
import { anyText } from '../text/anyText.js';
import { fixture } from './blocksOf.js';

/** Texts that look like code, from pieces of it. */
export const anyCode = fc
  .array(
    fc.oneof(
      fc.constantFrom(
        ...[
          'function f(a) {',
          '}',
          'def f(x):',
          '    return x',
          'class A {',
          '  m() {',
          '  }',
          '/* open',
          '*/',
          '`',
          '"""',
        ],
        ...[
          '# comment',
          '// comment',
          '',
          'public int F(int a)',
          '{',
          'const a = (b) => {',
          '};',
          'if (x) {',
          '@Decorated',
        ],
        ...[
          "let s = '",
          "fn f<'a>(x: &'a str) -> u8 {",
          '\t\tx(',
          ')',
          'struct s {',
          'case x:',
          'impl A for B {',
          'end',
        ],
      ),
      fc.constantFrom(
        ...['net/retry.ts', 'store/cache.rs', 'text/words.py', 'math/heap.c'].flatMap((file) =>
          fixture(file).split('\n'),
        ),
      ),
      anyText,
    ),
    { maxLength: 60 },
  )
  .map((lines) => lines.join('\n'));
