import type { Clock } from '../../core/clock.js';
import type { CompletionCandidate } from '../../core/completion/completionOutcome.js';
import type { CompletionModel } from '../../core/completion/completionQuery.js';
import { GlassboxError } from '../../core/errors.js';
import { contrastAfter, questionAbout } from '../../core/explain/explainedSuggestion.js';
import type { RememberedPlace } from '../../core/memory/rememberedToken.js';
import type { Occlusion, OcclusionProgress } from '../../core/explain/occlusion.js';
import type { OcclusionDetail } from '../../core/explain/occlusionPlan.js';
import type { CursorPlace, ExplainableSuggestion, SuggestionHistory } from '../../core/explain/suggestionHistory.js';
import type { EngineClient, EngineContract } from '../../protocol/engineContract.js';
import type { SuggestionExplanation } from '../../protocol/explainContract.js';
import type { WhySnapshot } from '../../protocol/panels/whySuggestionContract.js';
import { errorSentence } from '../errorSentences.js';
import type { Translate } from '../translate.js';
import { Measured } from './measured.js';
import { describeExplanation, describeSubject, noOcclusion, type DocumentView } from './whyView.js';

/** What a session works with. */
export interface WhySessionDeps {
  readonly engine: EngineClient;
  readonly history: Pick<SuggestionHistory, 'explainable'>;
  /** The cursor of the editor that the user works in; undefined when there is none. */
  readonly cursor: () => CursorPlace | undefined;
  /** The folder of a model that wrote something; undefined when it is no longer there. */
  readonly model: (model: CompletionModel) => Promise<{ readonly folder: string; readonly name: string } | undefined>;
  /** A document as it is now; undefined when it is closed. */
  readonly document: (uri: string) => DocumentView | undefined;
  readonly clock: Clock;
  readonly t: Translate;
}

/** Alternatives listed for each token. */
const alternativeCount = 8;

/** Least time between two announcements: a page shows no more states than this. */
const announceMs = 80;

/** What is known about the suggestion that is explained, besides the suggestion. */
interface Findings {
  readonly contrastText: string;
  readonly modelName: string;
  readonly explanation: SuggestionExplanation | 'none' | 'running' | GlassboxError;
  readonly measured: Measured;
}

/**
 * Explains one suggestion: first what its tokens and its prompt are, then, in the background, what happens when parts of the
 * prompt are left out. Goes on while the panel is hidden. A new question cancels what runs for the one before.
 */
export class WhySession {
  readonly #deps: WhySessionDeps;
  readonly #listeners = new Set<() => void>();
  #subject: ExplainableSuggestion | undefined;
  #findings: Findings;
  #isPainted = false;
  #running = new AbortController();
  #announcement: (() => void) | undefined;

  constructor(deps: WhySessionDeps) {
    this.#deps = deps;
    this.#findings = unknown('');
  }

  /** The document that the suggestion is in. */
  get uri(): string | undefined {
    return this.#subject?.record.uri;
  }

  /** Tells of changes until the result is disposed of; not more often than a screen can show. */
  readonly subscribe = (listener: () => void): { dispose(): void } => {
    this.#listeners.add(listener);
    return { dispose: () => void this.#listeners.delete(listener) };
  };

  /** Everything that there is to show. */
  snapshot(): WhySnapshot {
    const { contrastText, explanation, measured, modelName } = this.#findings;
    const subject = this.#subject;
    const document = subject && this.#deps.document(subject.record.uri);
    const isPainted = this.#isPainted;
    if (subject === undefined) {
      const none = { subject, contrastText, explanation: { kind: 'none' }, occlusion: noOcclusion } as const;
      return { ...none, hasNewer: this.#newest() !== undefined, isPainted };
    }
    return {
      subject: describeSubject(subject, modelName, document),
      hasNewer: this.#hasNewer(subject),
      contrastText,
      explanation:
        explanation === 'none' || explanation === 'running'
          ? { kind: explanation }
          : explanation instanceof Error
            ? { kind: 'failed', message: errorSentence(this.#deps.t, explanation) }
            : describeExplanation(subject, explanation, contrastText, document),
      occlusion: measured.describe(subject, document),
      isPainted,
    };
  }

  /** The place that memory went on like, when the explanation names it. */
  placeAt(path: string, line: number): RememberedPlace | undefined {
    const { explanation } = this.snapshot();
    if (explanation.kind !== 'ready') return undefined;
    return [...explanation.tokens, ...explanation.contrastTokens]
      .map(({ remembered }) => remembered?.place)
      .find((place) => place?.path === path && place.line === line);
  }

  /** Takes what there is to explain now. False when there is nothing. */
  explainNewest(): boolean {
    const newest = this.#newest();
    if (newest === undefined) return false;
    this.#isPainted = true;
    this.#ask(newest, '', 'grouped');
    return true;
  }

  /** Explains another of the suggestions that were offered together. */
  choose(index: number): void {
    const subject = this.#subject;
    const candidate = subject?.record.candidates[index];
    if (subject !== undefined && candidate !== undefined) this.#ask({ ...subject, candidate }, '', 'grouped');
  }

  /** Compares the suggestion with another text; an empty one ends the comparison. */
  compare(text: string): void {
    if (this.#subject !== undefined && text !== this.#findings.contrastText) this.#ask(this.#subject, text, 'grouped');
  }

  /** Leaves out part after part of the prompt, anew. */
  occlude(detail: OcclusionDetail): void {
    if (this.#subject !== undefined) this.#ask(this.#subject, this.#findings.contrastText, detail);
  }

  /** Stops leaving out; what was measured stays. */
  stop(): void {
    this.#running.abort();
    this.#findings.measured.stop();
    this.#announce();
  }

  /** Shows or hides the changes on the lines of the document. */
  paint(isPainted: boolean): void {
    this.#isPainted = isPainted;
    this.#announce();
  }

  /** To be called when the document, or the history of suggestions, has changed. */
  refresh(): void {
    const newest = this.#newest();
    if (newest !== undefined && newest.candidate === this.#subject?.candidate) this.#subject = newest;
    this.#announce();
  }

  /** Cancels what runs. */
  dispose(): void {
    this.#running.abort();
    this.#announcement?.();
    this.#listeners.clear();
  }

  #newest(): ExplainableSuggestion | undefined {
    return this.#deps.history.explainable(this.#deps.cursor());
  }

  /** Typing into the suggestion makes no other one of it. */
  #hasNewer({ candidate }: ExplainableSuggestion): boolean {
    const newest = this.#newest();
    return newest !== undefined && newest.candidate.origin.prompt !== candidate.origin.prompt;
  }

  #ask(subject: ExplainableSuggestion, contrastText: string, detail: OcclusionDetail): void {
    this.#running.abort();
    this.#running = new AbortController();
    this.#subject = subject;
    this.#findings = { ...unknown(contrastText), explanation: 'running' };
    this.#announce();
    void this.#answer(subject.candidate, contrastText, detail, this.#running.signal);
  }

  async #answer(
    candidate: CompletionCandidate,
    contrastText: string,
    detail: OcclusionDetail,
    signal: AbortSignal,
  ): Promise<void> {
    const { engine, model } = this.#deps;
    try {
      const writer = await model(candidate.origin.model);
      if (writer === undefined) throw new GlassboxError('model-not-found', 'The model that wrote it is gone.');
      const question = questionAbout(candidate);
      const { folder, name: modelName } = writer;
      const { prompt, target } = question;
      const asked = { folder, prompt, target, contrastText: contrastAfter(question, contrastText) };
      this.#note({ modelName }, signal);
      const { memory, singleLine } = candidate.origin;
      const tokensAsked = { ...asked, alternativeCount, memory, singleLine };
      const explanation = await engine.call('explain/suggestion', tokensAsked, { signal });
      this.#note({ explanation }, signal);
      await this.#occlude({ ...asked, detail }, signal);
    } catch (thrown) {
      const error = GlassboxError.from(thrown);
      if (error.code !== 'cancelled') this.#note({ explanation: error }, signal);
    }
  }

  async #occlude(asked: EngineContract['explain/occlude']['params'], signal: AbortSignal): Promise<void> {
    const { measured } = this.#findings;
    const onProgress = (progress: OcclusionProgress): void => {
      measured.add(progress);
      this.#announce();
    };
    measured.start();
    try {
      const occlusion: Occlusion = await this.#deps.engine.call('explain/occlude', asked, { signal, onProgress });
      measured.finish(occlusion);
    } catch (thrown) {
      const error = GlassboxError.from(thrown);
      if (error.code === 'cancelled') measured.stop();
      else measured.fail(errorSentence(this.#deps.t, error));
    }
    if (!signal.aborted) this.#announce();
  }

  #note(findings: Partial<Findings>, signal: AbortSignal): void {
    if (signal.aborted) return;
    this.#findings = { ...this.#findings, ...findings };
    this.#announce();
  }

  #announce(): void {
    this.#announcement ??= this.#deps.clock.schedule(() => {
      this.#announcement = undefined;
      for (const listener of [...this.#listeners]) listener();
    }, announceMs);
  }
}

function unknown(contrastText: string): Findings {
  return { contrastText, modelName: '', explanation: 'none', measured: new Measured(contrastText !== '') };
}
