import type { PromptParts } from '../prompt/promptParts.js';
import { promptFromWindow } from '../prompt/windowPrompt.js';
import type { SkipReason } from './completionOutcome.js';
import type { CompletionQuery } from './completionQuery.js';
import { readCursorContext } from './cursorContext.js';
import { inspectionGate, type GateInputs } from './gate.js';

/** What a model would be shown at a cursor, or why it is shown nothing. */
export type Inspection =
  { readonly kind: 'prompt'; readonly prompt: PromptParts } | { readonly kind: 'refused'; readonly reason: SkipReason };

/**
 * The prompt of a completion at this cursor, to be looked at. What only keeps a completion from being offered (a setting,
 * a selection, text right of the cursor) does not matter here. The document is read at once and not needed afterwards.
 */
export function inspectCursor(query: CompletionQuery, inputs: GateInputs): Inspection {
  const reason = inspectionGate(query, inputs);
  if (reason !== undefined) return { kind: 'refused', reason };
  const context = readCursorContext(query);
  return { kind: 'prompt', prompt: promptFromWindow(context, context.suffix) };
}
