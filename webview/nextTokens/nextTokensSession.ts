import { branchText, type BranchText } from '../../src/core/nextTokens/branchText.js';
import type { BranchHistory } from '../../src/core/nextTokens/branchHistory.js';
import {
  isBranchTreeFull,
  isEnded,
  type BranchNode,
  type BranchOrigin,
  type BranchTree,
} from '../../src/core/nextTokens/branchTree.js';
import type { SampledDistribution } from '../../src/core/sampling/sampledDistribution.js';
import type { NextTokensPanelContract, PlaceState } from '../../src/protocol/panels/nextTokensPanelContract.js';
import type { RpcClient } from '../../src/protocol/rpcClient.js';
import { LatestCall } from '../boot/latestCall.js';
import type { PersistedState } from '../boot/persistedState.js';
import { t } from '../boot/strings.js';
import { Branches } from './branches.js';
import type { PanelState } from './panelState.js';
import { PlaceFollower, type Arrival } from './placeFollower.js';
import type { Prediction } from './prediction.js';
import { Predictor } from './predictor.js';
import { chooseLikeliest, drawing, type TokenChoice } from './tokenChoice.js';

/** How many ways there are to go on from here. */
export type Standing = 'open' | 'ended' | 'context-full' | 'tree-full';

/**
 * What the panel shows and does, without its looks: where it is, what may come next there, and the branches that were
 * tried. Everything that asks the host is the newest of its sort; what came before is cancelled.
 */
export class NextTokensSession {
  /** Of the current path, or of the one before while the next is on its way. */
  prediction: Prediction | undefined;
  /** In the user's language. */
  problem: string | undefined;
  /** Something that happened and is no fault, in the user's language. */
  note: string | undefined;
  isBusy = false;
  readonly #client: RpcClient<NextTokensPanelContract>;
  readonly #state: PersistedState<PanelState>;
  readonly #onChange: () => void;
  readonly #predictor: Predictor;
  readonly #branches: Branches;
  readonly #follower: PlaceFollower;
  readonly #asking = new LatestCall();

  constructor(client: RpcClient<NextTokensPanelContract>, state: PersistedState<PanelState>, onChange: () => void) {
    this.#client = client;
    this.#state = state;
    this.#onChange = onChange;
    this.#predictor = new Predictor(client);
    this.#branches = new Branches(state);
    this.#follower = new PlaceFollower(client, state, {
      onArrive: (arrival) => this.#arrive(arrival),
      onFail: ({ message }) => this.#show({ problem: message }),
    });
  }

  /** Undefined until the host has said. */
  get place(): PlaceState | undefined {
    return this.#follower.reported;
  }

  get settings(): PanelState {
    return this.#state.value;
  }

  get history(): BranchHistory {
    return this.#branches.history;
  }

  get path(): readonly BranchNode[] {
    return this.#branches.path;
  }

  /** What inserting the current path would put into the document. */
  get text(): BranchText {
    return branchText(this.path, this.prediction?.repeatedBytes.length ?? 0);
  }

  /** The distribution under the options that are set. */
  get sampled(): SampledDistribution | undefined {
    return this.prediction?.sampled(this.settings.sampling);
  }

  get standing(): Standing {
    const contextLength = this.#follower.place?.contextLength ?? Infinity;
    if (isEnded(this.path)) return 'ended';
    if ((this.prediction?.contextTokenCount ?? 0) >= contextLength) return 'context-full';
    return isBranchTreeFull(this.history.tree) ? 'tree-full' : 'open';
  }

  /** Stays where it was pinned, or follows the cursor. */
  start(): void {
    this.#follower.start();
  }

  stop(): void {
    this.#follower.stop();
    this.#asking.cancel();
  }

  /** Changes what the controls say, and remembers it. */
  set(change: Partial<PanelState>): void {
    this.#state.update(change);
    this.#onChange();
  }

  /** Changes what the controls say while they are dragged; {@link keep} remembers it, once. */
  preview(change: Partial<PanelState>): void {
    this.#state.preview(change);
    this.#onChange();
  }

  keep(): void {
    this.#state.update({});
  }

  /** Tries again what failed. */
  retry(): void {
    if (this.place === undefined) this.start();
    else this.ask();
  }

  /** The probabilities of a branch are those of its context, so another one begins anew. */
  setMode(mode: PanelState['mode']): void {
    this.#state.update({ mode });
    this.#letGo();
    this.ask();
  }

  /** Asks for what comes after the current path. */
  ask(): void {
    const branch = this.path.map(({ token }) => token.id);
    this.#run(async (place, signal) => {
      this.prediction = await this.#predictor.predict({ ...place, branch }, signal);
    });
  }

  /** Takes a candidate. */
  take(id: number, origin: BranchOrigin = 'chosen'): void {
    this.#grow(1, origin, () => id);
  }

  /** Takes tokens as the engine would choose them: by the options and the seed, or always the likeliest. */
  proceed(origin: 'drawn' | 'greedy'): void {
    const choose = origin === 'greedy' ? chooseLikeliest : drawing(this.#state);
    this.#grow(this.settings.steps, origin, choose);
  }

  /** Changes the tree: goes to, back, or removes. */
  change(change: (tree: BranchTree) => BranchTree): void {
    this.#move(this.#branches.change(change));
  }

  undo(): void {
    this.#move(this.#branches.undo());
  }

  redo(): void {
    this.#move(this.#branches.redo());
  }

  /** Stays at this place from now on. */
  pin(): void {
    if (this.#follower.pin()) this.#onChange();
  }

  /** Follows the cursor again; the branches are those of the place that is left. */
  unpin(): void {
    this.#letGo();
    this.#follower.unpin();
    this.#onChange();
  }

  /** Reads the pinned place as it is now. */
  readAgain(): void {
    this.#follower.readAgain();
  }

  /** Puts the branch into the document and follows the cursor, which is at its end then. */
  insert(): void {
    const { text } = this.text;
    this.#run(async ({ digest }, signal) => {
      const outcome = await this.#client.call('nextTokens/insert', { digest, text }, { signal });
      if (outcome.kind === 'refused') this.problem = outcome.sentence;
      else this.unpin();
    });
  }

  /** Shows the place in the editor. */
  reveal(): void {
    const { digest } = this.#follower;
    if (digest !== undefined) void this.#client.call('nextTokens/reveal', { digest }).catch(() => undefined);
  }

  #arrive(arrival: Arrival): void {
    if (arrival === 'refused') {
      this.#asking.cancel();
      this.#show({ isBusy: false, prediction: undefined });
    } else if (arrival === 'same') {
      this.#onChange();
    } else {
      if (arrival === 'changed') this.#letGoOfOldText();
      this.ask();
    }
  }

  #grow(steps: number, origin: BranchOrigin, choose: TokenChoice): void {
    if (this.isBusy || this.prediction === undefined || this.standing !== 'open') return;
    this.note = undefined;
    this.pin();
    const add = this.#branches.grow(origin);
    this.#run(async (place, signal) => {
      for (let step = 0; step < steps && this.standing === 'open'; step++) {
        const now = this.prediction!;
        const id = choose(now);
        const next = await this.#predictor.predict({ ...place, branch: [...now.branch, id] }, signal);
        add(now.tokenFor(id, next));
        this.prediction = next;
        this.#onChange();
      }
    });
  }

  /** Asks anew when the tree is different. */
  #move(isDifferent: boolean): void {
    if (!isDifferent) return;
    this.note = undefined;
    this.ask();
  }

  #letGo(): void {
    this.#asking.cancel();
    this.#branches.clear();
  }

  #letGoOfOldText(): void {
    const hadBranches = this.history.tree.nodes.length > 0;
    this.#letGo();
    if (hadBranches) this.note = t('The text has changed since, so the branches made before were let go.');
  }

  /** Does something at the current place; newer work cancels it. */
  #run(work: (place: { digest: string; mode: PanelState['mode'] }, signal: AbortSignal) => Promise<void>): void {
    const { digest } = this.#follower;
    if (digest === undefined) return;
    this.#show({ isBusy: true, problem: undefined });
    void this.#asking
      .run((signal) => work({ digest, mode: this.settings.mode }, signal))
      .then((outcome) => {
        if (outcome === undefined) return;
        if (outcome.kind === 'answered') this.#show({ isBusy: false });
        else if (outcome.error.code === 'cancelled') this.#show({ isBusy: false });
        else this.#show({ isBusy: false, problem: outcome.error.message });
      });
  }

  #show(change: Partial<Pick<NextTokensSession, 'isBusy' | 'problem' | 'prediction'>>): void {
    Object.assign(this, change);
    this.#onChange();
  }
}
