/** What the engine was told about one file. */
interface SentFile {
  readonly path: string;
  /** Hash of the text. */
  readonly hash: string;
  readonly length: number;
}

/** A model of one run of the engine, and what it was told. What is yet to be done is noted here, too. */
export class FedModel {
  /** By address. */
  readonly files = new Map<string, SentFile>();
  /** Addresses of files whose text may have changed. */
  changed = new Set<string>();
  /** Files may have come or gone. */
  mustList = true;
  /** The engine may have forgotten. */
  mustCheck = false;
  /** Nothing is done before the model is asked for the next time. */
  isPaused = false;
  /** Path of the file in which the model was asked last. */
  near = '';
  /** Everything has been sent once. */
  isComplete = false;

  /** @param generation which run of the engine; see `EngineStatus`. */
  constructor(
    readonly folder: string,
    readonly generation: number,
  ) {}

  get hasWork(): boolean {
    return !this.isPaused && (this.mustList || this.mustCheck || this.changed.size > 0);
  }

  /** Begins anew with the next request, for instance because the model was loaded again. */
  startOver(): void {
    this.files.clear();
    this.pause();
    this.isComplete = false;
  }

  /** Does nothing before the next request, and then looks what there is to do. */
  pause(): void {
    this.isPaused = true;
    this.mustList = true;
  }
}
