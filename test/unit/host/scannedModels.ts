import type { ModelDescriptor } from '../../../src/core/model/modelDescriptor.js';
import type { EngineClient, EngineContract, EngineMethod } from '../../../src/protocol/engineContract.js';

/** A model as the engine's scan reports it. */
export function model(id: string, changes: Partial<ModelDescriptor> = {}): ModelDescriptor {
  return {
    id,
    name: `Model ${id}`,
    version: '1.0.0',
    folder: `/models/${id}`,
    source: 'folder',
    roles: ['completion'],
    contextLength: 1024,
    license: 'MIT',
    sizeBytes: 12_345_678,
    cardHash: `hash of ${id}`,
    problem: undefined,
    ...changes,
  };
}

/** What is wrong with a model, for {@link model}. */
export const damaged: ModelDescriptor['problem'] = {
  code: 'model-hash-mismatch',
  message: 'onnx/model.onnx is not the file of the card.',
  action: 'Copy it again.',
};

/** An engine whose answers the test gives; it remembers what was asked. */
export class AnsweringEngine implements EngineClient {
  readonly asked: { method: EngineMethod; params: unknown }[] = [];
  answers: Partial<{ [K in EngineMethod]: () => Promise<EngineContract[K]['result']> | EngineContract[K]['result'] }> =
    {};

  async call<K extends EngineMethod>(
    method: K,
    params: EngineContract[K]['params'],
  ): Promise<EngineContract[K]['result']> {
    this.asked.push({ method, params });
    const answer = this.answers[method];
    if (answer === undefined) throw new Error(`the test has no answer for ${method}`);
    return await answer();
  }

  /** How often this method was asked. */
  count(method: EngineMethod): number {
    return this.asked.filter((call) => call.method === method).length;
  }
}
