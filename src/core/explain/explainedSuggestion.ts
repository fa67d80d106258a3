import type { CompletionCandidate } from '../completion/completionOutcome.js';
import type { PromptParts } from '../prompt/promptParts.js';
import { withLineFeeds } from '../text/lineEnds.js';
import type { ExplainTarget } from './explainedTokens.js';
import { findShown } from './shownStretch.js';

/** A suggestion as a question to the model that wrote it. */
export interface SuggestionQuestion {
  /** What the model was sent when it wrote the text. */
  readonly prompt: PromptParts;
  readonly target: ExplainTarget;
  /** False when what is offered is not to the letter what the model wrote: blanks were changed, brackets added. */
  readonly isVerbatim: boolean;
}

/** What to ask about a suggestion: the part of the model's answer that it shows, after the part that was typed since. */
export function questionAbout({ text, givenLength, generation, origin }: CompletionCandidate): SuggestionQuestion {
  const { prompt, typedSince } = origin;
  const shown = withLineFeeds(text).slice(givenLength);
  const plain = { text: typedSince + shown, ids: [], from: typedSince.length };
  if (generation === undefined) return { prompt, target: plain, isVerbatim: true };
  const { from, to, isVerbatim } = findShown(generation.text, typedSince, shown);
  // Nothing of it is the model's, as far as can be told: then the text is asked about as it is.
  if (to <= from) return { prompt, target: plain, isVerbatim: false };
  const ids = generation.tokens.map(({ id }) => id);
  return { prompt, target: { text: generation.text.slice(0, to), ids, from }, isVerbatim };
}

/** A text to compare with, typed as it would stand at the cursor, as it stands after the prompt: after what was typed since. */
export function contrastAfter({ target }: Pick<SuggestionQuestion, 'target'>, text: string): string {
  return text === '' ? '' : target.text.slice(0, target.from) + withLineFeeds(text);
}
