import { describe, expect, it } from 'vitest';
import {
  describeTokens,
  descriptionOf,
  type TokenDescription,
} from '../../../src/core/nextTokens/tokenDescriptions.js';

const control = { bytes: new Uint8Array(0), controlName: '<|endoftext|>' };
const table = new Map<number, TokenDescription>([
  [0, control],
  [5, { bytes: Uint8Array.of(0xed, 0x95), controlName: null }],
  [9, { bytes: Uint8Array.of(0x61), controlName: null }],
]);

describe('descriptions of tokens', () => {
  it('give back what was looked up, each id once', () => {
    const descriptions = describeTokens([9, 0, 5, 9], (id) => table.get(id)!);

    expect(Array.from(descriptions.ids)).toEqual([0, 5, 9]);
    for (const [id, description] of table) expect(descriptionOf(descriptions, id)).toEqual(description);
    expect(descriptionOf(descriptions, 7)).toBeUndefined();
  });

  it('of nothing are empty', () => {
    expect(
      descriptionOf(
        describeTokens([], () => control),
        0,
      ),
    ).toBeUndefined();
  });
});
