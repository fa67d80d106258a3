import type { CompletionSource } from '../../core/completion/completionOutcome.js';
import type { ExplainedToken } from '../../core/explain/explainedTokens.js';
import type { OcclusionDetail } from '../../core/explain/occlusionPlan.js';
import type { OccludedPart } from '../../core/explain/occlusionUnits.js';
import type { PromptCut, PromptLayoutPart } from '../../core/explain/promptLayout.js';
import type { TimeSegment } from '../../core/explain/timeSegments.js';

/** Lines of the document, half-open, from 0. */
export interface DocumentLines {
  readonly start: number;
  readonly end: number;
}

/** The suggestion that is explained. */
export interface WhySubject {
  readonly state: 'offered' | 'accepted' | 'gone';
  /** Name of the file, without its folders, and the cursor's line when it was offered, from 0. */
  readonly fileName: string;
  readonly line: number;
  readonly text: string;
  readonly modelName: string;
  readonly source: CompletionSource;
  /** Where the time of the answer went. */
  readonly time: readonly TimeSegment[];
  /** Where the time of the text went that was typed into, or taken from the cache: the model's own work. */
  readonly engineTime: readonly TimeSegment[];
  /** How many suggestions were offered together, and which of them this is, from 0. */
  readonly candidateCount: number;
  readonly candidate: number;
  /** False when blanks were changed, or brackets added, after the model had written the text. */
  readonly isVerbatim: boolean;
}

/** A part of the prompt, and where it stands in the document. */
export interface WhyPart extends Omit<PromptLayoutPart, 'text'> {
  /** Undefined for what stands on no line, or on lines that are gone or have changed. */
  readonly lines: DocumentLines | undefined;
}

/** What the model makes of the suggestion. */
export type WhyExplanation =
  | { readonly kind: 'none' }
  | { readonly kind: 'running' }
  | { readonly kind: 'failed'; readonly message: string }
  | {
      readonly kind: 'ready';
      /** Places that memory went on like are where they are now; a line of the document that is gone has none. */
      readonly tokens: readonly ExplainedToken[];
      /** What the tokens spell after the cursor of the request. */
      readonly target: string;
      /** Tokens of the text to compare with. */
      readonly contrastTokens: readonly ExplainedToken[];
      readonly contrastTarget: string;
      readonly parts: readonly WhyPart[];
      readonly tokenCount: number;
      readonly healedTokenCount: number;
      readonly contextLength: number;
      readonly cut: PromptCut;
    };

/** What leaving out one part of the prompt does. */
export interface WhyChange {
  readonly part: OccludedPart;
  /** Where it stands in the prompt, for sorting: the order of the document. */
  readonly place: number;
  /** First line of its text; the path of a chunk. */
  readonly text: string;
  /** How many lines it has. */
  readonly lineCount: number;
  /** Where it is in the document now; undefined where it is on no line, or the line has changed. */
  readonly lines: DocumentLines | undefined;
  /** In nats, without it less with it: of the suggestion's log-probability, or of its lead over the other text. */
  readonly change: number;
}

/** How far leaving out has come. */
export interface WhyOcclusion {
  readonly kind: 'none' | 'running' | 'done' | 'stopped' | 'failed';
  readonly message: string;
  readonly changes: readonly WhyChange[];
  readonly doneRuns: number;
  readonly totalRuns: number;
  readonly readTokenCount: number;
  /** True when far lines were left out together. */
  readonly isGrouped: boolean;
}

/** Everything that the page shows. */
export interface WhySnapshot {
  /** Undefined when there is nothing to explain. */
  readonly subject: WhySubject | undefined;
  /** True when another suggestion was offered or accepted since. */
  readonly hasNewer: boolean;
  /** What the suggestion is compared with; empty when nothing is. */
  readonly contrastText: string;
  readonly explanation: WhyExplanation;
  readonly occlusion: WhyOcclusion;
  /** Whether changes are painted on the lines. */
  readonly isPainted: boolean;
}

/** What the page of "why this suggestion?" asks the host. */
export interface WhySuggestionContract {
  /** Stays open; reports what is shown now, and again after each change. */
  'why/follow': { params: Record<string, never>; result: never; progress: WhySnapshot };
  /** Explains the newest suggestion instead of the one shown. */
  'why/explainNewest': { params: Record<string, never>; result: null; progress: never };
  /** Asks the editor for a suggestion at the cursor. */
  'why/triggerSuggestion': { params: Record<string, never>; result: null; progress: never };
  /** Shows another of the suggestions offered together. */
  'why/choose': { params: { candidate: number }; result: null; progress: never };
  /** Compares with another text; with nothing when it is empty. */
  'why/compare': { params: { text: string }; result: null; progress: never };
  /** Leaves out part after part, anew. */
  'why/occlude': { params: { detail: OcclusionDetail }; result: null; progress: never };
  /** Stops leaving out; what was measured stays. */
  'why/stop': { params: Record<string, never>; result: null; progress: never };
  /** Paints the changes on the lines, or takes them away. */
  'why/paint': { params: { isPainted: boolean }; result: null; progress: never };
  /** Shows lines of the document in the editor. */
  'why/reveal': { params: DocumentLines; result: null; progress: never };
  /** Opens a line of a file that one of the tokens names as its place. */
  'why/openPlace': { params: { path: string; line: number }; result: null; progress: never };
}
