import type { GlassboxError } from '../../src/core/errors.js';
import type {
  CursorPlace,
  NextTokensPanelContract,
  PlaceState,
} from '../../src/protocol/panels/nextTokensPanelContract.js';
import type { RpcClient } from '../../src/protocol/rpcClient.js';
import { LatestCall } from '../boot/latestCall.js';
import type { PersistedState } from '../boot/persistedState.js';
import type { PanelState } from './panelState.js';

/** What the host said: there is no place, it is the same, it is another, or the text of a pinned one has changed. */
export type Arrival = 'refused' | 'same' | 'other' | 'changed';

/** Hears of the place. */
export interface PlaceListener {
  readonly onArrive: (arrival: Arrival) => void;
  readonly onFail: (error: GlassboxError) => void;
}

/** Where the panel is: at the cursor, or at the place where it was pinned, which is remembered. */
export class PlaceFollower {
  readonly #client: RpcClient<NextTokensPanelContract>;
  readonly #state: PersistedState<PanelState>;
  readonly #listener: PlaceListener;
  readonly #following = new LatestCall();
  #reported: PlaceState | undefined;
  #digest: string | undefined;

  constructor(client: RpcClient<NextTokensPanelContract>, state: PersistedState<PanelState>, listener: PlaceListener) {
    this.#client = client;
    this.#state = state;
    this.#listener = listener;
  }

  /** Undefined until the host has said. */
  get reported(): PlaceState | undefined {
    return this.#reported;
  }

  /** Undefined where the host refuses one, too. */
  get place(): CursorPlace | undefined {
    return this.#reported?.kind === 'place' ? this.#reported.place : undefined;
  }

  /** What the host knows the place by; undefined while the panel is on its way to another. */
  get digest(): string | undefined {
    return this.#digest;
  }

  /** Stays where it was pinned, or follows the cursor. */
  start(): void {
    const { pinned } = this.#state.value;
    void this.#following
      .run((signal) => {
        const onProgress = (reported: PlaceState): void => this.#arrive(reported);
        return this.#client.call('nextTokens/follow', { pinned }, { signal, onProgress });
      })
      .then((outcome) => {
        if (outcome?.kind === 'failed') this.#listener.onFail(outcome.error);
      });
  }

  stop(): void {
    this.#following.cancel();
  }

  /**
   * Stays at this place from now on.
   *
   * @returns Whether that is new.
   */
  pin(): boolean {
    const { place } = this;
    if (place === undefined || this.#state.value.pinned !== null) return false;
    this.#rememberPinned(place);
    this.start();
    return true;
  }

  /** Follows the cursor again. */
  unpin(): void {
    this.#state.update({ pinned: null });
    this.#digest = undefined;
    this.start();
  }

  /** Reads the pinned place as it is now. */
  readAgain(): void {
    const { pinned } = this.#state.value;
    if (pinned === null) return;
    this.#state.update({ pinned: { ...pinned, digest: 'to-be-read' } });
    this.start();
  }

  #arrive(reported: PlaceState): void {
    this.#reported = reported;
    const before = this.#digest;
    const { place } = this;
    this.#digest = place?.digest;
    if (place === undefined) {
      this.#listener.onArrive('refused');
      return;
    }
    const { pinned } = this.#state.value;
    if (pinned !== null) this.#rememberPinned(place);
    const isChanged = pinned !== null && pinned.digest !== place.digest;
    // The host knows a pinned place by its digest.
    if (isChanged) this.start();
    this.#listener.onArrive(isChanged ? 'changed' : place.digest === before ? 'same' : 'other');
  }

  #rememberPinned({ uri, line, character, digest }: CursorPlace): void {
    this.#state.update({ pinned: { uri, line, character, digest } });
  }
}
