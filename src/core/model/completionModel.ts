import type { CompletionModel } from '../completion/completionQuery.js';
import type { ModelDescriptor } from './modelDescriptor.js';

/** What the completion pipeline has to know of the model that answers. */
export function completionModel(model: ModelDescriptor): CompletionModel {
  const { id, cardHash, contextLength, fillsInTheMiddle } = model;
  return { id, hash: cardHash, contextLength, ...(fillsInTheMiddle !== undefined && { fillsInTheMiddle }) };
}
