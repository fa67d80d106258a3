import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { branchRuns, type BranchRun } from '../../../src/core/nextTokens/branchRuns.js';
import {
  emptyBranchTree,
  goTo,
  jointLogProb,
  pathTo,
  rootKey,
  takeToken,
  type BranchTree,
} from '../../../src/core/nextTokens/branchTree.js';

function take(tree: BranchTree, letters: string): BranchTree {
  return Array.from(letters).reduce((before, letter) => {
    const id = letter.charCodeAt(0);
    return takeToken(before, { id, bytes: [id], controlName: null, logProb: -id / 100 }, 'chosen');
  }, tree);
}

function draw(runs: readonly BranchRun[]): string[] {
  return runs.map(
    ({ level, nodes }) => '-'.repeat(level) + nodes.map(({ token }) => String.fromCharCode(token.id)).join(''),
  );
}

describe('the rows of a tree', () => {
  it('begin with the cursor alone', () => {
    expect(branchRuns(emptyBranchTree)).toEqual([
      {
        nodes: [],
        endKey: rootKey,
        parentKey: undefined,
        level: 1,
        position: 1,
        setSize: 1,
        logProb: 0,
        jointLogProb: 0,
      },
    ]);
  });

  it('hold the tokens up to a fork', () => {
    const tree = take(goTo(take(emptyBranchTree, 'abcd'), 2), 'xy');

    expect(draw(branchRuns(tree))).toEqual(['-', '--ab', '---cd', '---xy']);
  });

  it('end at the current token', () => {
    const tree = goTo(take(emptyBranchTree, 'abcd'), 2);

    expect(draw(branchRuns(tree))).toEqual(['-', '--ab', '---cd']);
  });

  it('stand in sets, each with its place', () => {
    const tree = take(goTo(take(goTo(take(emptyBranchTree, 'a'), rootKey), 'b'), rootKey), 'c');

    expect(branchRuns(tree).map(({ position, setSize }) => [position, setSize])).toEqual([
      [1, 1],
      [1, 3],
      [2, 3],
      [3, 3],
    ]);
  });

  it('hold every token once, with its parents before it and the log-probability of its path', () => {
    const steps = fc.array(fc.tuple(fc.nat(12), fc.constantFrom('a', 'b', 'c')), { maxLength: 25 });
    fc.assert(
      fc.property(steps, (moves) => {
        const tree = moves.reduce((before, [key, letter]) => take(goTo(before, key), letter), emptyBranchTree);
        const runs = branchRuns(tree);
        const keys = runs.flatMap(({ nodes }) => nodes.map(({ key }) => key));
        expect([...keys].sort((a, b) => a - b)).toEqual(tree.nodes.map(({ key }) => key));
        expect(runs.some(({ endKey }) => endKey === tree.current)).toBe(true);
        for (const [index, run] of runs.entries()) {
          expect(run.jointLogProb).toBeCloseTo(jointLogProb(pathTo(tree, run.endKey)), 9);
          const parent = runs.findIndex(({ endKey }) => endKey === run.parentKey);
          expect(index === 0 || (parent >= 0 && parent < index && runs[parent]!.level === run.level - 1)).toBe(true);
        }
      }),
      { numRuns: 500, seed: 45 },
    );
  });
});
