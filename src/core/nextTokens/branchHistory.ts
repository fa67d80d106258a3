import { type BranchTree, emptyBranchTree } from './branchTree.js';

/** Changes that can be taken back. */
const maxRemembered = 200;

/** A tree with the ones before it and, after an undo, the ones after it. Values never change. */
export interface BranchHistory {
  readonly tree: BranchTree;
  /** Latest last. */
  readonly past: readonly BranchTree[];
  /** Nearest first. */
  readonly future: readonly BranchTree[];
}

/** A history that begins with a tree. */
export function startHistory(tree: BranchTree = emptyBranchTree): BranchHistory {
  return { tree, past: [], future: [] };
}

/** Makes a change that can be taken back; one that changes nothing is not remembered. */
export function changeTree(history: BranchHistory, change: (tree: BranchTree) => BranchTree): BranchHistory {
  const tree = change(history.tree);
  if (tree === history.tree) return history;
  return { tree, past: [...history.past.slice(1 - maxRemembered), history.tree], future: [] };
}

/** Takes the latest change back; the same history when there is none. */
export function undoChange({ tree, past, future }: BranchHistory): BranchHistory {
  const before = past.at(-1);
  return before === undefined
    ? { tree, past, future }
    : { tree: before, past: past.slice(0, -1), future: [tree, ...future] };
}

/** Makes again what was taken back last; the same history when nothing was. */
export function redoChange({ tree, past, future }: BranchHistory): BranchHistory {
  const [after, ...later] = future;
  return after === undefined ? { tree, past, future } : { tree: after, past: [...past, tree], future: later };
}
