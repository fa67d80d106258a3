import type { Clock } from '../clock.js';
import type { PromptParts } from '../prompt/promptParts.js';
import { promptFromWindow } from '../prompt/windowPrompt.js';
import type { CompletionCandidate, SkipReason } from './completionOutcome.js';
import { planCompletion, type CompletionPlan } from './completionPlan.js';
import type { CompletionModel, CompletionQuery, CompletionSettings } from './completionQuery.js';
import { readCursorContext, type CursorContext } from './cursorContext.js';
import type { DocumentSnapshot } from './documentSnapshot.js';
import { gate } from './gate.js';
import { LastAcceptance } from './lastAcceptance.js';
import { SecretFiles } from './secretFiles.js';
import { StableSuffixes } from './stableSuffix.js';
import type { StageWatch } from './stageWatch.js';

/** What a plan depends on besides the request. */
export interface RequestPlannerDeps {
  readonly clock: Clock;
  readonly settings: (document: DocumentSnapshot) => CompletionSettings;
  readonly model: () => CompletionModel | undefined;
}

/** A plan, or why there is none. */
export type Planned =
  { readonly kind: 'plan'; readonly plan: CompletionPlan } | { readonly kind: 'skipped'; readonly reason: SkipReason };

/** Turns a request into a plan: asks the gate, then reads the document. All of it at once, nothing is waited for. */
export class RequestPlanner {
  readonly #deps: RequestPlannerDeps;
  readonly #secretFiles = new SecretFiles();
  readonly #suffixes = new StableSuffixes();
  readonly #acceptance = new LastAcceptance();

  constructor(deps: RequestPlannerDeps) {
    this.#deps = deps;
  }

  /** Decides about one request. The document is not needed afterwards. */
  plan(query: CompletionQuery, watch: StageWatch): Planned {
    const settings = this.#deps.settings(query.document);
    const model = this.#deps.model();
    const reason = this.#refusal(query, settings, model);
    watch.lap('gateMs');
    if (reason !== undefined || model === undefined) return { kind: 'skipped', reason: reason ?? 'no-model' };
    const context = readCursorContext(query);
    const isAfterAcceptance = this.#acceptance.isJustBefore(context);
    const prompt = this.#prompt(context);
    const plan = planCompletion({ context, settings, model, prompt, trigger: query.trigger, isAfterAcceptance });
    watch.lap('promptMs');
    return { kind: 'plan', plan };
  }

  /** The prompt that a request at this cursor would have; undefined when the gate would refuse it. */
  prompt(query: CompletionQuery): PromptParts | undefined {
    const refused = this.#refusal(query, this.#deps.settings(query.document), this.#deps.model());
    return refused === undefined ? this.#prompt(readCursorContext(query)) : undefined;
  }

  /** The user accepted a whole candidate. */
  accepted(uri: string, candidate: CompletionCandidate): void {
    this.#acceptance.note(uri, candidate);
  }

  /** Forgets a document. */
  documentClosed(uri: string): void {
    this.#suffixes.forget(uri);
  }

  #refusal(
    query: CompletionQuery,
    settings: CompletionSettings,
    model: CompletionModel | undefined,
  ): SkipReason | undefined {
    return gate(query, { settings, model, secretFiles: this.#secretFiles, nowMs: this.#deps.clock.now() });
  }

  #prompt(context: CursorContext): PromptParts {
    return promptFromWindow(context, this.#suffixes.choose(context.uri, context.suffix));
  }
}
