import * as v from 'valibot';
import { type BranchNode, type BranchTree, maxBranchNodes, rootKey } from './branchTree.js';

/** Far above the longest token of any vocabulary. */
const maxTokenBytes = 4096;

const key = v.pipe(v.number(), v.safeInteger(), v.minValue(rootKey));

const node: v.GenericSchema<unknown, BranchNode> = v.object({
  key,
  parent: key,
  token: v.object({
    id: v.pipe(v.number(), v.safeInteger(), v.minValue(0)),
    bytes: v.pipe(v.array(v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(255))), v.maxLength(maxTokenBytes)),
    controlName: v.nullable(v.string()),
    logProb: v.number(),
  }),
  origin: v.picklist(['chosen', 'drawn', 'greedy']),
});

/** A tree that was kept somewhere and read again. */
export const branchTreeSchema: v.GenericSchema<unknown, BranchTree> = v.pipe(
  v.object({ nodes: v.pipe(v.array(node), v.maxLength(maxBranchNodes)), current: key, nextKey: key }),
  v.check((tree) => isWhole(tree)),
);

/** Keys rise, every parent comes before its children, and the current node is there. */
function isWhole({ nodes, current, nextKey }: BranchTree): boolean {
  const seen = new Set([rootKey]);
  let last = rootKey;
  for (const { key: own, parent } of nodes) {
    if (own <= last || !seen.has(parent)) return false;
    seen.add(own);
    last = own;
  }
  return seen.has(current) && nextKey > last;
}
