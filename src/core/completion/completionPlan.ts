import type { PromptParts } from '../prompt/promptParts.js';
import { greedy, type SamplingOptions } from '../sampling/samplingOptions.js';
import { completionConstants as constants } from './completionConstants.js';
import { lineAnchors, type KeyScope, type LineAnchor } from './completionKey.js';
import type { CompletionModel, CompletionSettings } from './completionQuery.js';
import type { CursorContext } from './cursorContext.js';
import type { GenerationRequest } from './generation.js';
import type { GenerationOrigin } from './generationOrigin.js';
import { isTrivialLine } from './indentation.js';
import { firstVisibleLine, wantsSeveralLines } from './multiLine.js';

/** Everything that is decided about a request before a source is asked. */
export interface CompletionPlan {
  readonly context: CursorContext;
  readonly scope: KeyScope;
  readonly multiLine: boolean;
  /** Most lines a text of several lines may have. */
  readonly maxLines: number;
  /** Nearest first; the first one is where a new generation is stored. */
  readonly anchors: readonly LineAnchor[];
  readonly request: GenerationRequest;
  /** The request as it is kept with the text that answers it. */
  readonly origin: GenerationOrigin;
  /** False when the user asked: then nothing is waited for. */
  readonly isDelayed: boolean;
}

/** What a plan is made from. */
export interface PlanInputs {
  readonly context: CursorContext;
  readonly settings: CompletionSettings;
  readonly model: CompletionModel;
  readonly prompt: PromptParts;
  readonly trigger: 'automatic' | 'explicit';
  /** The cursor stands where an accepted suggestion ended. */
  readonly isAfterAcceptance: boolean;
}

/** Decides on one line or several, and what to ask the model. Greedy; see {@link withSampling} for alternatives. */
export function planCompletion({
  context,
  settings,
  model,
  prompt,
  trigger,
  isAfterAcceptance,
}: PlanInputs): CompletionPlan {
  const multiLine = wantsSeveralLines(context, settings, isAfterAcceptance);
  const scope: KeyScope = { model, settings, sampling: greedy };
  const { position, version: documentVersion, lineCount } = context;
  return {
    context,
    scope,
    multiLine,
    maxLines: settings.maxLines,
    anchors: [...lineAnchors(context, scope)],
    request: {
      prompt,
      sampling: greedy,
      stop: {
        maxNewTokens: multiLine ? constants.multiLineTokens : constants.singleLineTokens,
        singleLine: !multiLine,
        maxLines: settings.maxLines,
        stopStrings: multiLine ? nextLineStop(context) : [],
        deadlineMs: constants.generationMs,
      },
      tokenHealing: true,
      memory: settings.memory,
      alternativeCount: constants.tokenAlternatives,
    },
    origin: {
      model,
      prompt,
      sampling: greedy,
      memory: settings.memory,
      singleLine: !multiLine,
      position,
      documentVersion,
      lineCount,
    },
    isDelayed: trigger === 'automatic',
  };
}

/** The same request drawn instead of chosen greedily; never delayed, since only the user asks for it. */
export function withSampling(plan: CompletionPlan, sampling: SamplingOptions): CompletionPlan {
  const scope = { ...plan.scope, sampling };
  const anchors = [...lineAnchors(plan.context, scope)];
  const request = { ...plan.request, sampling };
  return { ...plan, scope, anchors, request, origin: { ...plan.origin, sampling }, isDelayed: false };
}

/** The model has reached what is there already when it writes the next line of the document. */
function nextLineStop({ window }: CursorContext): readonly string[] {
  const next = firstVisibleLine(window.following);
  return next === undefined || isTrivialLine(next, constants.trivialLineCharacters) ? [] : [`\n${next}`];
}
