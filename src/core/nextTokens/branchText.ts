import { decodeUtf8 } from '../text/utf8.js';
import { incompleteTailLength } from '../text/utf8Tail.js';
import type { BranchNode } from './branchTree.js';

/** What the tokens of a branch write. */
export interface BranchText {
  /** Complete characters only; ill-formed bytes become U+FFFD. */
  readonly text: string;
  /** Bytes at the end of a character whose rest has not come yet. */
  readonly unfinishedBytes: Uint8Array;
}

/**
 * The text that a branch adds at the cursor.
 *
 * @param path tokens from the cursor on
 * @param repeatedByteCount bytes at its start that stand left of the cursor already, because of token healing
 */
export function branchText(path: readonly BranchNode[], repeatedByteCount: number): BranchText {
  const bytes = Uint8Array.from(path.flatMap(({ token }) => token.bytes)).subarray(repeatedByteCount);
  const completeLength = bytes.length - incompleteTailLength(bytes);
  return {
    text: decodeUtf8(bytes.subarray(0, completeLength)),
    unfinishedBytes: bytes.subarray(completeLength),
  };
}
