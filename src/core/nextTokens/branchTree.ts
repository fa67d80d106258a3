/** A token as a branch holds it. Plain data, so that a panel's state can keep it. */
export interface BranchToken {
  readonly id: number;
  /** Bytes of its text, 0 to 255 each; none for a control token. May begin or end inside a character. */
  readonly bytes: readonly number[];
  /** The name of a control token; null for tokens that stand for text. */
  readonly controlName: string | null;
  /** The model's own, natural logarithm, given everything before it: temperature 1, nothing cut, nothing forced. */
  readonly logProb: number;
}

/** How a token came into a branch. */
export type BranchOrigin = 'chosen' | 'drawn' | 'greedy';

/** One token that was taken, after the tokens on the way to it. */
export interface BranchNode {
  /** Names the node in its tree; greater than its parent's. */
  readonly key: number;
  /** {@link rootKey} for the first token after the cursor. */
  readonly parent: number;
  readonly token: BranchToken;
  readonly origin: BranchOrigin;
}

/** The cursor: where every branch begins. It holds no token. */
export const rootKey = 0;

/** Tokens that a tree may hold; the largest that is still drawn and searched within a frame. */
export const maxBranchNodes = 2000;

/**
 * What was taken after the cursor, and what else was tried. Values never change; each function gives a new tree, or the
 * same one when there is nothing to change.
 */
export interface BranchTree {
  /** By rising key, so parents come before their children, and children in the order in which they were tried. */
  readonly nodes: readonly BranchNode[];
  /** The end of the branch that is looked at: key of a node, or {@link rootKey}. */
  readonly current: number;
  /** Key of the next new node; keys are not used twice. */
  readonly nextKey: number;
}

/** Nothing taken yet. */
export const emptyBranchTree: BranchTree = { nodes: [], current: rootKey, nextKey: rootKey + 1 };

/** True when no further token can be added. */
export function isBranchTreeFull(tree: BranchTree): boolean {
  return tree.nodes.length >= maxBranchNodes;
}

/** Takes a token after the current one. One that was tried there before is gone to instead of being added again. */
export function takeToken(tree: BranchTree, token: BranchToken, origin: BranchOrigin): BranchTree {
  const known = childrenOf(tree, tree.current).find((child) => child.token.id === token.id);
  if (known !== undefined) return { ...tree, current: known.key };
  if (isBranchTreeFull(tree)) return tree;
  const node: BranchNode = { key: tree.nextKey, parent: tree.current, token, origin };
  return { nodes: [...tree.nodes, node], current: node.key, nextKey: tree.nextKey + 1 };
}

/** Looks at another end; an unknown key changes nothing. */
export function goTo(tree: BranchTree, key: number): BranchTree {
  const isKnown = key === rootKey || nodeOf(tree, key) !== undefined;
  return isKnown && key !== tree.current ? { ...tree, current: key } : tree;
}

/** Goes back by one token, which stays in the tree. */
export function stepBack(tree: BranchTree): BranchTree {
  return goTo(tree, nodeOf(tree, tree.current)?.parent ?? rootKey);
}

/** Removes a token and all that follows it. Whoever stood there stands at the token before it afterwards. */
export function removeBranch(tree: BranchTree, key: number): BranchTree {
  const node = nodeOf(tree, key);
  if (node === undefined) return tree;
  const gone = new Set([key]);
  for (const { key: other, parent } of tree.nodes) if (gone.has(parent)) gone.add(other);
  return {
    ...tree,
    nodes: tree.nodes.filter((other) => !gone.has(other.key)),
    current: gone.has(tree.current) ? node.parent : tree.current,
  };
}

/** A node by its key; undefined for the root and unknown keys. */
export function nodeOf(tree: BranchTree, key: number): BranchNode | undefined {
  return tree.nodes.find((node) => node.key === key);
}

/** What was tried after a node (or the root), in order. */
export function childrenOf(tree: BranchTree, key: number): readonly BranchNode[] {
  return tree.nodes.filter((node) => node.parent === key);
}

/** The tokens from the cursor to a node; to the current one when no key is given. */
export function pathTo(tree: BranchTree, key: number = tree.current): readonly BranchNode[] {
  const byKey = new Map(tree.nodes.map((node) => [node.key, node]));
  const path: BranchNode[] = [];
  for (let node = byKey.get(key); node !== undefined; node = byKey.get(node.parent)) path.push(node);
  return path.reverse();
}

/** Log-probability of all tokens of a path together: the sum of theirs; 0 of none. */
export function jointLogProb(path: readonly BranchNode[]): number {
  return path.reduce((sum, { token }) => sum + token.logProb, 0);
}

/** True when a path ended the text: nothing the model says after a control token continues it. */
export function isEnded(path: readonly BranchNode[]): boolean {
  return typeof path.at(-1)?.token.controlName === 'string';
}
