import fc from 'fast-check';
import * as v from 'valibot';
import { describe, expect, it } from 'vitest';
import { changeTree, redoChange, startHistory, undoChange } from '../../../src/core/nextTokens/branchHistory.js';
import { branchText } from '../../../src/core/nextTokens/branchText.js';
import {
  childrenOf,
  emptyBranchTree,
  goTo,
  isEnded,
  jointLogProb,
  maxBranchNodes,
  pathTo,
  removeBranch,
  rootKey,
  stepBack,
  takeToken,
  type BranchToken,
  type BranchTree,
} from '../../../src/core/nextTokens/branchTree.js';
import { branchTreeSchema } from '../../../src/core/nextTokens/branchTreeSchema.js';
import { encodeUtf8 } from '../../../src/core/text/utf8.js';

function token(text: string, logProb = -1): BranchToken {
  const bytes = Array.from(encodeUtf8(text));
  return { id: bytes.reduce((hash, byte) => hash * 31 + byte, 7), bytes, controlName: null, logProb };
}

const end: BranchToken = { id: 0, bytes: [], controlName: '<|endoftext|>', logProb: -3 };

function take(tree: BranchTree, ...texts: string[]): BranchTree {
  return texts.reduce((before, text) => takeToken(before, token(text), 'chosen'), tree);
}

function textOf(tree: BranchTree, key?: number): string {
  return branchText(pathTo(tree, key), 0).text;
}

describe('a tree of branches', () => {
  it('grows where one stands', () => {
    const tree = take(stepBack(take(emptyBranchTree, 'a', 'b', 'c')), 'd', 'e');

    expect(textOf(tree)).toBe('abde');
    expect(childrenOf(tree, pathTo(tree)[1]!.key).map((node) => textOf(tree, node.key))).toEqual(['abc', 'abd']);
  });

  it('goes to a token that was tried before instead of adding it again', () => {
    const first = take(emptyBranchTree, 'a', 'b');

    const again = take(goTo(first, rootKey), 'a', 'b');

    expect(again).toEqual(first);
  });

  it('adds the log-probabilities along a path', () => {
    const tree = [-0.5, -1.25, -2].reduce(
      (before, logProb, index) => takeToken(before, token('abc'[index]!, logProb), 'drawn'),
      emptyBranchTree,
    );

    expect(jointLogProb(pathTo(tree))).toBe(-3.75);
    expect(jointLogProb(pathTo(tree, rootKey))).toBe(0);
  });

  it('stays at the cursor when one goes back from there', () => {
    expect(stepBack(emptyBranchTree)).toBe(emptyBranchTree);
    expect(goTo(emptyBranchTree, 17)).toBe(emptyBranchTree);
  });

  it('loses a token with all that follows it', () => {
    const tree = take(goTo(take(emptyBranchTree, 'a', 'b', 'c'), 2), 'd');

    const pruned = removeBranch(tree, 2);

    expect(textOf(pruned)).toBe('a');
    expect(pruned.nodes).toHaveLength(1);
    expect(textOf(take(pruned, 'x'))).toBe('ax');
    expect(removeBranch(tree, 99)).toBe(tree);
  });

  it('leaves one who stands elsewhere where they stand', () => {
    const tree = take(goTo(take(emptyBranchTree, 'a', 'b'), rootKey), 'x');

    expect(textOf(removeBranch(tree, 1))).toBe('x');
  });

  it('ends at a control token', () => {
    const tree = takeToken(take(emptyBranchTree, 'a'), end, 'greedy');

    expect(isEnded(pathTo(tree))).toBe(true);
    expect(isEnded(pathTo(stepBack(tree)))).toBe(false);
    expect(textOf(tree)).toBe('a');
  });

  it('stops growing when it is full', () => {
    const ids = Array.from({ length: maxBranchNodes + 1 }, (_, id) => ({ ...token('a'), id }));

    const tree = ids.reduce((before, next) => goTo(takeToken(before, next, 'drawn'), rootKey), emptyBranchTree);

    expect(tree.nodes).toHaveLength(maxBranchNodes);
  });
});

describe('a tree that is kept', () => {
  const tree = takeToken(take(emptyBranchTree, 'a', '한'), end, 'greedy');
  const parse = (value: unknown): unknown => v.safeParse(branchTreeSchema, value).output;

  it('is read again as it was', () => {
    expect(parse(JSON.parse(JSON.stringify(tree)))).toEqual(tree);
    expect(parse(emptyBranchTree)).toEqual(emptyBranchTree);
  });

  it.each<[string, unknown]>([
    ['nothing', undefined],
    ['a current token that is not there', { ...tree, current: 9 }],
    ['a token before the one it follows', { ...tree, nodes: [...tree.nodes].reverse() }],
    ['a token after none', { ...tree, nodes: tree.nodes.slice(1) }],
    ['keys that would be used twice', { ...tree, nextKey: 2 }],
    ['a byte beyond 255', { ...tree, nodes: [{ ...tree.nodes[0]!, token: { ...token('a'), bytes: [256] } }] }],
  ])('is forgotten when it is %s', (_, kept) => {
    expect(v.safeParse(branchTreeSchema, kept).success).toBe(false);
  });
});

describe('the text of a branch', () => {
  it('withholds a character until its last byte is there', () => {
    const [first, second, third] = encodeUtf8('한');
    const half = takeToken(take(emptyBranchTree, 'a'), { ...token('?'), bytes: [first!, second!] }, 'chosen');
    const whole = takeToken(half, { ...token('!'), bytes: [third!, 0x62] }, 'chosen');

    expect(branchText(pathTo(half), 0)).toEqual({ text: 'a', unfinishedBytes: Uint8Array.of(first!, second!) });
    expect(branchText(pathTo(whole), 0)).toEqual({ text: 'a한b', unfinishedBytes: new Uint8Array(0) });
  });

  it('leaves out what stands left of the cursor already', () => {
    const tree = take(emptyBranchTree, 're', 'turn x');

    expect(branchText(pathTo(tree), 4).text).toBe('rn x');
    expect(branchText(pathTo(tree, 1), 4).text).toBe('');
  });
});

describe('the history', () => {
  const actions = fc.array(
    fc.oneof(
      fc.constantFrom('a', 'b', '한').map((text) => (tree: BranchTree) => take(tree, text)),
      fc.constant(stepBack),
      fc.nat(8).map((key) => (tree: BranchTree) => goTo(tree, key)),
      fc.nat(8).map((key) => (tree: BranchTree) => removeBranch(tree, key)),
    ),
    { maxLength: 30 },
  );

  it('takes everything back and makes it again', () => {
    fc.assert(
      fc.property(actions, (changes) => {
        const done = changes.reduce((history, change) => changeTree(history, change), startHistory());
        let undone = done;
        while (undone.past.length > 0) undone = undoChange(undone);
        let redone = undone;
        while (redone.future.length > 0) redone = redoChange(redone);
        expect(undone.tree).toBe(emptyBranchTree);
        expect(redone).toEqual(done);
      }),
      { numRuns: 300, seed: 43 },
    );
  });

  it('forgets what was taken back when something else is done', () => {
    const history = changeTree(undoChange(changeTree(startHistory(), (tree) => take(tree, 'a'))), (tree) =>
      take(tree, 'b'),
    );

    expect(redoChange(history)).toEqual(history);
    expect(textOf(history.tree)).toBe('b');
  });

  it('keeps every tree whole: parents before children, and the current one in it', () => {
    fc.assert(
      fc.property(actions, (changes) => {
        const { tree } = changes.reduce((history, change) => changeTree(history, change), startHistory());
        const keys = tree.nodes.map(({ key }) => key);
        expect([...keys].sort((a, b) => a - b)).toEqual(keys);
        expect(
          tree.nodes.every(({ key, parent }) => parent < key && (parent === rootKey || keys.includes(parent))),
        ).toBe(true);
        expect(tree.current === rootKey || keys.includes(tree.current)).toBe(true);
      }),
      { numRuns: 300, seed: 44 },
    );
  });
});
