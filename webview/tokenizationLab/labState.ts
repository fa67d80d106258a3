import * as v from 'valibot';
import { tokenizationLabLimits } from '../../src/protocol/panels/tokenizationLabParams.js';
import { tokenizerLimits, tokenizerSourceSchema } from '../../src/protocol/tokenizersParams.js';
import { PersistedState, type StateStore } from '../boot/persistedState.js';

const text = v.pipe(v.string(), v.maxLength(tokenizationLabLimits.textLength));
const message = v.object({ role: v.picklist(['system', 'user', 'assistant']), content: text });

const schema = v.object({
  /** Where the text comes from. */
  source: v.picklist(['typed', 'selection', 'file']),
  typedText: text,
  /** Tokenizers side by side; null until somebody changed the ones that are there at first. */
  tokenizers: v.nullable(v.pipe(v.array(tokenizerSourceSchema), v.maxLength(tokenizationLabLimits.tokenizers))),
  controlTokens: v.picklist(['text', 'recognized']),
  view: v.picklist(['tokens', 'table', 'lines', 'replay', 'chat']),
  /** What stands below the text of each tokenizer. */
  below: v.picklist(['ids', 'bytes', 'names']),
  lineOrder: v.picklist(['lines', 'cost']),
  /** Key of the tokenizer that the views of one tokenizer show. */
  chosenTokenizer: v.string(),
  /** Undefined until somebody chose a part to be replayed. */
  replayedText: v.exactOptional(v.pipe(v.string(), v.maxLength(tokenizerLimits.replayedTextLength))),
  /** Steps per second of a replay. */
  speed: v.pipe(v.number(), v.minValue(0.25), v.maxValue(60)),
  chat: v.object({ messages: v.array(message), addGenerationPrompt: v.boolean() }),
  /** The opening by the host that was shown last. */
  shownOpening: v.string(),
});

/** What the lab remembers. */
export type LabState = v.InferOutput<typeof schema>;

const initial: LabState = {
  source: 'file',
  typedText: '',
  tokenizers: null,
  controlTokens: 'text',
  view: 'tokens',
  below: 'ids',
  lineOrder: 'lines',
  chosenTokenizer: '',
  speed: 2,
  chat: { messages: [{ role: 'user', content: '' }], addGenerationPrompt: true },
  shownOpening: '',
};

/** Reads what the lab remembered. */
export function createLabState(store: StateStore): PersistedState<LabState> {
  return new PersistedState<LabState>(store, 1, schema, initial);
}
