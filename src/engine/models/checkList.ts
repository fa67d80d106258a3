import { GlassboxError } from '../../core/errors.js';
import type { ModelVerification } from '../../core/model/modelDescriptor.js';

/** Checks of one model in the order in which they were made. */
export class CheckList {
  readonly #checks: ModelVerification['checks'][number][] = [];
  #failure: GlassboxError | undefined;

  get checks(): ModelVerification['checks'] {
    return this.#checks;
  }

  /** The first check that failed, as the error to report. */
  get failure(): GlassboxError | undefined {
    return this.#failure;
  }

  /** Notes something that holds. */
  pass(name: string, detail: string): void {
    this.#checks.push({ name, ok: true, detail });
  }

  /**
   * Makes a check and notes how it went.
   *
   * @param check throws a GlassboxError when it fails; `detail` of what it returns says what was found.
   * @returns What the check returned, undefined when it failed.
   * @throws Whatever else the check throws, cancellation included.
   */
  async run<T extends { readonly detail: string }>(name: string, check: () => Promise<T> | T): Promise<T | undefined> {
    try {
      const result = await check();
      this.pass(name, result.detail);
      return result;
    } catch (error) {
      if (!GlassboxError.is(error) || error.code === 'cancelled') throw error;
      this.#failure ??= error;
      this.#checks.push({ name, ok: false, detail: error.sentence });
      return undefined;
    }
  }
}
