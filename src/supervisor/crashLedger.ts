import type { SupervisorLimits } from './supervisorLimits.js';

/** What a crash leads to. `crashCount` is the number of crashes within the window, this one included. */
export type CrashVerdict =
  | { readonly kind: 'retry'; readonly delayMs: number; readonly crashCount: number }
  | { readonly kind: 'stay-down'; readonly crashCount: number };

interface Crash {
  readonly atMs: number;
  readonly modelFolders: readonly string[];
}

/** Remembers crashes: decides how long to wait, when to give up, and which models to keep out. */
export class CrashLedger {
  readonly #limits: SupervisorLimits;
  readonly #quarantined = new Set<string>();
  #crashes: Crash[] = [];

  constructor(limits: SupervisorLimits) {
    this.#limits = limits;
  }

  /** Folders of the models that were in use during too many crashes. They stay here until {@link clear}. */
  get quarantinedFolders(): readonly string[] {
    return [...this.#quarantined];
  }

  /** @param modelFolders Models that unanswered requests named when the engine died. */
  record(atMs: number, modelFolders: readonly string[]): CrashVerdict {
    const { crashWindowMs, firstRetryMs, maxRetryMs, maxCrashes, maxCrashesPerModel } = this.#limits;
    this.#crashes = [...this.#crashes.filter((crash) => atMs - crash.atMs < crashWindowMs), { atMs, modelFolders }];
    for (const folder of modelFolders) {
      const count = this.#crashes.filter((crash) => crash.modelFolders.includes(folder)).length;
      if (count >= maxCrashesPerModel) this.#quarantined.add(folder);
    }
    const crashCount = this.#crashes.length;
    if (crashCount >= maxCrashes) return { kind: 'stay-down', crashCount };
    return { kind: 'retry', delayMs: Math.min(maxRetryMs, firstRetryMs * 2 ** (crashCount - 1)), crashCount };
  }

  isQuarantined(modelFolder: string): boolean {
    return this.#quarantined.has(modelFolder);
  }

  /** Forgets all: the user wants another try. */
  clear(): void {
    this.#crashes = [];
    this.#quarantined.clear();
  }
}
