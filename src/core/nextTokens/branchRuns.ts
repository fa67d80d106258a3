import { jointLogProb, rootKey, type BranchNode, type BranchTree } from './branchTree.js';

/**
 * Tokens that follow each other without a fork, drawn as one row of the tree: a tree of single tokens would be as deep
 * as its branches are long. A run ends where branches part, and at the current token.
 */
export interface BranchRun {
  /** In order; none for the root, which is the first row. */
  readonly nodes: readonly BranchNode[];
  /** Key of the last node; of the root for the first row. */
  readonly endKey: number;
  /** Key of the node before the run; undefined for the first row. */
  readonly parentKey: number | undefined;
  /** 1 for the first row, as ARIA counts. */
  readonly level: number;
  /** Place among the runs with the same parent, from 1, and how many they are. */
  readonly position: number;
  readonly setSize: number;
  /** Log-probability of the run's tokens together. */
  readonly logProb: number;
  /** Log-probability of everything from the cursor to the run's end. */
  readonly jointLogProb: number;
}

/** The rows of a tree, each followed by its children: the order in which they stand below each other. */
export function branchRuns(tree: BranchTree): readonly BranchRun[] {
  const children = new Map<number, BranchNode[]>();
  for (const node of tree.nodes) {
    const siblings = children.get(node.parent);
    if (siblings === undefined) children.set(node.parent, [node]);
    else siblings.push(node);
  }
  const rows: BranchRun[] = [];
  const visit = (run: BranchRun): void => {
    rows.push(run);
    const next = children.get(run.endKey) ?? [];
    for (const [index, first] of next.entries()) {
      const nodes = runFrom(first, children, tree.current);
      const logProb = jointLogProb(nodes);
      visit({
        nodes,
        endKey: nodes.at(-1)!.key,
        parentKey: run.endKey,
        level: run.level + 1,
        position: index + 1,
        setSize: next.length,
        logProb,
        jointLogProb: run.jointLogProb + logProb,
      });
    }
  };
  visit({
    nodes: [],
    endKey: rootKey,
    parentKey: undefined,
    level: 1,
    position: 1,
    setSize: 1,
    logProb: 0,
    jointLogProb: 0,
  });
  return rows;
}

function runFrom(
  first: BranchNode,
  children: ReadonlyMap<number, readonly BranchNode[]>,
  current: number,
): BranchNode[] {
  const nodes = [first];
  for (;;) {
    const last = nodes.at(-1)!;
    const [only, ...others] = children.get(last.key) ?? [];
    if (only === undefined || others.length > 0 || last.key === current) return nodes;
    nodes.push(only);
  }
}
