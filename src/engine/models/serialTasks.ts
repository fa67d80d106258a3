/** Runs tasks one after the other, in the order given; a task that fails does not keep the next one from running. */
export class SerialTasks {
  #last: Promise<unknown> = Promise.resolve();

  /** Runs the task once all earlier ones have ended; settles as the task does. */
  run<T>(task: () => Promise<T>): Promise<T> {
    const result = this.#last.then(task, task);
    this.#last = result;
    return result;
  }
}
