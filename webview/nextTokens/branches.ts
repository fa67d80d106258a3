import {
  changeTree,
  redoChange,
  startHistory,
  undoChange,
  type BranchHistory,
} from '../../src/core/nextTokens/branchHistory.js';
import {
  emptyBranchTree,
  pathTo,
  takeToken,
  type BranchNode,
  type BranchOrigin,
  type BranchToken,
  type BranchTree,
} from '../../src/core/nextTokens/branchTree.js';
import type { PersistedState } from '../boot/persistedState.js';
import type { PanelState } from './panelState.js';

/** The branches that were tried at a place; the tree is remembered, and each change can be taken back. */
export class Branches {
  readonly #state: PersistedState<PanelState>;
  #history: BranchHistory;

  constructor(state: PersistedState<PanelState>) {
    this.#state = state;
    this.#history = startHistory(state.value.tree);
  }

  get history(): BranchHistory {
    return this.#history;
  }

  /** From the place to where the panel is in the tree. */
  get path(): readonly BranchNode[] {
    return pathTo(this.#history.tree);
  }

  /** Goes to, back, or removes; returns whether anything is different then, as {@link undo} and {@link redo} do. */
  change(change: (tree: BranchTree) => BranchTree): boolean {
    return this.#commit(changeTree(this.#history, change));
  }

  undo(): boolean {
    return this.#commit(undoChange(this.#history));
  }

  redo(): boolean {
    return this.#commit(redoChange(this.#history));
  }

  /** What is taken by one call after the other of the function that is returned is one change. */
  grow(origin: BranchOrigin): (token: BranchToken) => void {
    const before = this.#history;
    return (token) => {
      const tree = takeToken(this.#history.tree, token, origin);
      this.#commit(changeTree(before, () => tree));
    };
  }

  /** Begins anew; there is no way back. */
  clear(): void {
    this.#history = startHistory();
    this.#state.update({ tree: emptyBranchTree });
  }

  #commit(history: BranchHistory): boolean {
    if (history.tree === this.#history.tree) return false;
    this.#history = history;
    this.#state.update({ tree: history.tree });
    return true;
  }
}
