import { branchText, type BranchText } from '../../src/core/nextTokens/branchText.js';
import {
  changeTree,
  redoChange,
  startHistory,
  undoChange,
  type BranchHistory,
} from '../../src/core/nextTokens/branchHistory.js';
import {
  emptyBranchTree,
  isBranchTreeFull,
  isEnded,
  pathTo,
  takeToken,
  type BranchNode,
  type BranchOrigin,
  type BranchTree,
} from '../../src/core/nextTokens/branchTree.js';
import { chooseToken } from '../../src/core/sampling/chooseToken.js';
import { createRandom, type Random } from '../../src/core/sampling/random.js';
import type { SampledDistribution } from '../../src/core/sampling/sampledDistribution.js';
import type {
  CursorPlace,
  NextTokensPanelContract,
  PlaceState,
} from '../../src/protocol/panels/nextTokensPanelContract.js';
import type { RpcClient } from '../../src/protocol/rpcClient.js';
import { LatestCall } from '../boot/latestCall.js';
import type { PersistedState } from '../boot/persistedState.js';
import { t } from '../boot/strings.js';
import type { PanelState } from './panelState.js';
import type { Prediction } from './prediction.js';
import { Predictor } from './predictor.js';

/** How many ways there are to go on from here. */
export type Standing = 'open' | 'ended' | 'context-full' | 'tree-full';

/**
 * What the panel shows and does, without its looks: where it is, what may come next there, and the branches that were
 * tried. Everything that asks the host is the newest of its sort; what came before is cancelled.
 */
export class NextTokensSession {
  /** Undefined until the host has said. */
  place: PlaceState | undefined;
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
  readonly #following = new LatestCall();
  readonly #asking = new LatestCall();
  #history: BranchHistory;
  /** Of the place that was asked about last. */
  #digest: string | undefined;
  #sampled: { readonly of: readonly unknown[]; readonly result: SampledDistribution } | undefined;

  constructor(client: RpcClient<NextTokensPanelContract>, state: PersistedState<PanelState>, onChange: () => void) {
    this.#client = client;
    this.#state = state;
    this.#onChange = onChange;
    this.#predictor = new Predictor(client);
    this.#history = startHistory(state.value.tree);
  }

  get settings(): PanelState {
    return this.#state.value;
  }

  get history(): BranchHistory {
    return this.#history;
  }

  get path(): readonly BranchNode[] {
    return pathTo(this.#history.tree);
  }

  /** What inserting the current path would put into the document. */
  get text(): BranchText {
    return branchText(this.path, this.prediction?.repeatedBytes.length ?? 0);
  }

  /** The distribution under the options that are set. */
  get sampled(): SampledDistribution | undefined {
    if (this.prediction === undefined) return undefined;
    const of = [this.prediction, this.settings.sampling];
    if (this.#sampled?.of.every((part, index) => part === of[index]) === true) return this.#sampled.result;
    const result = this.prediction.distribution.sampled(this.settings.sampling);
    this.#sampled = { of, result };
    return result;
  }

  get standing(): Standing {
    const place = this.#currentPlace();
    if (isEnded(this.path)) return 'ended';
    if ((this.prediction?.contextTokenCount ?? 0) >= (place?.contextLength ?? Infinity)) return 'context-full';
    return isBranchTreeFull(this.#history.tree) ? 'tree-full' : 'open';
  }

  /** Stays where it was pinned, or follows the cursor. */
  start(): void {
    const { pinned } = this.settings;
    void this.#following
      .run((signal) => {
        const onProgress = (state: PlaceState): void => this.#arrive(state);
        return this.#client.call('nextTokens/follow', { pinned }, { signal, onProgress });
      })
      .then((outcome) => {
        if (outcome?.kind === 'failed') this.#show({ problem: outcome.error.message });
      });
  }

  stop(): void {
    this.#following.cancel();
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
    const { sampling, drawCount, steps } = this.settings;
    if (origin === 'greedy') {
      this.#grow(steps, origin, ({ distribution }) => distribution.ids[0]!);
      return;
    }
    let drawn = drawCount;
    const random = randomAfter(sampling.seed, drawCount);
    const draw: Random = () => {
      drawn++;
      return random();
    };
    this.#grow(steps, origin, ({ logProbs, allowed }) => {
      const id = chooseToken(logProbs, sampling, draw, allowed);
      this.#state.update({ drawCount: drawn });
      return id;
    });
  }

  /** Changes the tree: goes to, back, or removes. */
  change(change: (tree: BranchTree) => BranchTree): void {
    this.#commit(changeTree(this.#history, change));
  }

  undo(): void {
    this.#commit(undoChange(this.#history));
  }

  redo(): void {
    this.#commit(redoChange(this.#history));
  }

  /** Stays at this place from now on. */
  pin(): void {
    const place = this.#currentPlace();
    if (place === undefined || this.settings.pinned !== null) return;
    const { uri, line, character, digest } = place;
    this.#state.update({ pinned: { uri, line, character, digest } });
    this.start();
    this.#onChange();
  }

  /** Follows the cursor again; the branches are those of the place that is left. */
  unpin(): void {
    this.#state.update({ pinned: null });
    this.#letGo();
    this.#digest = undefined;
    this.start();
    this.#onChange();
  }

  /** Reads the pinned place as it is now. */
  readAgain(): void {
    const { pinned } = this.settings;
    if (pinned === null) return;
    this.#state.update({ pinned: { ...pinned, digest: 'to-be-read' } });
    this.start();
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
    const digest = this.#digest;
    if (digest !== undefined) void this.#client.call('nextTokens/reveal', { digest }).catch(() => undefined);
  }

  #arrive(state: PlaceState): void {
    this.place = state;
    if (state.kind === 'refused') {
      this.#asking.cancel();
      this.#digest = undefined;
      this.#show({ isBusy: false, prediction: undefined });
      return;
    }
    const { uri, line, character, digest } = state.place;
    const { pinned } = this.settings;
    if (pinned !== null) this.#state.update({ pinned: { uri, line, character, digest } });
    if (pinned !== null && pinned.digest !== digest) {
      const hadBranches = this.#history.tree.nodes.length > 0;
      this.#letGo();
      if (hadBranches) this.note = t('The text has changed since, so the branches made before were let go.');
      // The host knows a pinned place by its digest.
      this.start();
    }
    if (this.#digest === digest) {
      this.#onChange();
      return;
    }
    this.#digest = digest;
    this.ask();
  }

  #grow(steps: number, origin: BranchOrigin, choose: (prediction: Prediction) => number): void {
    if (this.isBusy || this.prediction === undefined || this.standing !== 'open') return;
    this.note = undefined;
    this.pin();
    const before = this.#history;
    this.#run(async (place, signal) => {
      for (let step = 0; step < steps && this.standing === 'open'; step++) {
        const now = this.prediction!;
        const id = choose(now);
        const next = await this.#predictor.predict({ ...place, branch: [...now.branch, id] }, signal);
        const tree = takeToken(this.#history.tree, now.tokenFor(id, next), origin);
        // One press is one change, however many tokens it takes.
        this.#history = changeTree(before, () => tree);
        this.#state.update({ tree });
        this.prediction = next;
        this.#onChange();
      }
    });
  }

  #commit(history: BranchHistory): void {
    if (history.tree === this.#history.tree) return;
    this.note = undefined;
    this.#history = history;
    this.#state.update({ tree: history.tree });
    this.ask();
  }

  #letGo(): void {
    this.#asking.cancel();
    this.#history = startHistory();
    this.#state.update({ tree: emptyBranchTree });
  }

  /** Does something at the current place; newer work cancels it. */
  #run(work: (place: { digest: string; mode: PanelState['mode'] }, signal: AbortSignal) => Promise<void>): void {
    const digest = this.#digest;
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

  #currentPlace(): CursorPlace | undefined {
    return this.place?.kind === 'place' ? this.place.place : undefined;
  }
}

/** The generator of a seed after some numbers were drawn from it. */
function randomAfter(seed: number, drawCount: number): Random {
  const random = createRandom(seed);
  for (let drawn = 0; drawn < drawCount; drawn++) random();
  return random;
}
