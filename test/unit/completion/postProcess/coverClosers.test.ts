import { describe, expect, it } from 'vitest';
import { coveredLength } from '../../../../src/core/completion/postProcess/coverClosers.js';

describe('coveredLength', () => {
  it.each([
    // left of the cursor, right of the cursor, text, what of the right side the text replaces
    ['foo(', ')', 'a, b)', ')'],
    ['bar(foo(', '))', 'a, b)', ')'],
    ['bar(foo(', '))', 'a, b))', '))'],
    ['bar(', ')', 'foo(a)', ''],
    ['bar(', ')', 'foo(a))', ')'],
    ['foo(', ')', 'a, b', ''],
    ['foo(', ');', 'a, b);', ');'],
    ['foo(', ');', 'a, b)', ')'],
    ['const x = foo', ';', '(a);', ';'],
    ['const x = foo', ';', '(a)', ''],
    ['const x = [', ']', '1, 2]', ']'],
    ['const x = [', '];', 'f(1), (2)];', '];'],
    ['x = {', '}', ' a: [1] }', '}'],
    ['x = {', ' }', ' a: 1 }', ' }'],
    ['foo({', '})', ' a })', '})'],
    ['foo({', '})', ' a }', '}'],
    ['foo({', '})', ' a', ''],
    ['foo([', '])', 'x)', ''],
    ['if (', ') {', 'a === b) {', ') {'],
    ['if (', ') {', 'a === b)', ')'],
    ['const f = (', ') {', 'a) {\n  return a;\n}', ') {'],
    ['foo("', '")', 'bar"', '"'],
    ['foo("', '")', 'bar")', '")'],
    ['foo("', '")', 'bar)', ''],
    ['foo("', '"', 'say \\"hi\\""', '"'],
    ["say('", "')", "안녕 👋🏽')", "')"],
    ['print("', '")', '한국어 (테스트)")', '")'],
    ["it's foo(", ')', 'a)', ')'],
    ['foo(', ')', "it's)", ')'],
    ['foo(', ')', '")")', ')'],
    ['<div', '>', ' className="a">', '>'],
    ['f(', ')', '(x) => x)', ')'],
    ['Array<', '>', 'Map<string, number>>', '>'],
    ['foo(', '', 'a)', ''],
    ['foo(', '   ', 'a)', ''],
    ['foo(', ' + y)', 'x)', ''],
    ['foo(', 'bar)', 'x)', ''],
  ])('%j then %j with %j replaces %j', (left, right, text, covered) => {
    expect(right.slice(0, coveredLength(text, left, right))).toBe(covered);
  });
});
