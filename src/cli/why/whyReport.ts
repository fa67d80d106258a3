import type { CompletionCandidate, CompletionOutcome } from '../../core/completion/completionOutcome.js';
import {
  coverage,
  explainedLogProb,
  sharedTokenCount,
  type ExplainedToken,
} from '../../core/explain/explainedTokens.js';
import { chosenLogProbOf, summarizeRemembered } from '../../core/explain/rememberedShare.js';
import { finestResults, type Occlusion } from '../../core/explain/occlusion.js';
import { unitLines, unitText, type OccludedPart } from '../../core/explain/occlusionUnits.js';
import { partLines } from '../../core/explain/promptLines.js';
import type { PromptCut } from '../../core/explain/promptLayout.js';
import { timeSegments } from '../../core/explain/timeSegments.js';
import type { RememberedPlace, RememberedToken } from '../../core/memory/rememberedToken.js';
import type { ModelDescriptor } from '../../core/model/modelDescriptor.js';
import type { SuggestionExplanation } from '../../protocol/explainContract.js';

/** First and last line, counted from 1; left out for what stands on no line. */
interface ReportLines {
  readonly startLine?: number;
  readonly endLine?: number;
}

/** A token as `why --json` prints it. `logProb` is the model's own, `logProbGivenTyped` that among the tokens that agree with the letters left of the cursor. */
export interface ReportToken {
  readonly id: number;
  readonly text: string;
  readonly start: number;
  readonly end: number;
  readonly logProb: number;
  readonly logProbGivenTyped: number;
  readonly rank: number;
  readonly alternatives: readonly { readonly id: number; readonly text: string; readonly logProb: number }[];
  /** Share of the probability that the alternatives have together. */
  readonly coverage: number;
  /**
   * What the memory of the code around had to do with it; left out where it was not asked. `logProb` is that of model and
   * memory together given those letters, `share` the part of that probability which is memory's, `place` where `agreement`
   * tokens before this one and `agreementAhead` behind its line are written the same.
   */
  readonly remembered?: {
    readonly logProb: number;
    readonly share: number;
    readonly place?: Omit<RememberedPlace, 'source'>;
  };
}

/** Where the tokens of a suggestion come from, as `why --json` prints it. */
export interface ReportMemory {
  readonly scope: string;
  /** Of model and memory together. */
  readonly logProb: number;
  /** Tokens that count, and those of them that come mostly from memory. */
  readonly tokenCount: number;
  readonly rememberedCount: number;
  /** What those go on like; both lines included. */
  readonly places: readonly { readonly path: string; readonly startLine: number; readonly endLine: number }[];
}

/** The object that `why --json` prints. Lines and columns count from 1, log-probabilities are natural. */
export interface WhyReport {
  readonly text: string;
  readonly source: string;
  readonly model: { readonly id: string; readonly version: string; readonly folder: string };
  readonly logProb: number;
  readonly tokens: readonly ReportToken[];
  /** Left out where memory was not asked. */
  readonly memory?: ReportMemory;
  readonly prompt: {
    readonly tokenCount: number;
    readonly healedTokenCount: number;
    readonly contextLength: number;
    readonly parts: readonly (ReportLines & {
      readonly kind: string;
      readonly name: string;
      readonly tokenCount: number;
    })[];
    readonly cut: PromptCut;
  };
  /** Milliseconds by stage, in order; they add up to the time until the text was offered. */
  readonly time: readonly { readonly stage: string; readonly ms: number }[];
  readonly contrast?: {
    readonly text: string;
    /** Index of the first token that differs; the two log-probabilities are of the tokens from there on. */
    readonly firstDifferentToken: number;
    readonly logProb: number;
    readonly otherLogProb: number;
    /** The same by model and memory together; left out where memory was not asked. */
    readonly withMemory?: { readonly logProb: number; readonly otherLogProb: number };
    readonly tokens: readonly ReportToken[];
  };
  readonly occlusion?: {
    readonly runCount: number;
    readonly readTokenCount: number;
    readonly isGrouped: boolean;
    /** By falling influence. `change` is log-probability without the unit less that with it. */
    readonly units: readonly (ReportLines & {
      readonly part: OccludedPart;
      readonly text: string;
      readonly change: number;
      readonly contrastChange?: number;
    })[];
  };
}

/** Everything that is known about one suggestion. */
export interface ExplainedCompletion {
  readonly outcome: Extract<CompletionOutcome, { kind: 'shown' }>;
  readonly candidate: CompletionCandidate;
  /** As it is inserted. */
  readonly text: string;
  readonly model: ModelDescriptor;
  readonly explanation: SuggestionExplanation;
  readonly occlusion: Occlusion | undefined;
  /** Empty when nothing is compared. */
  readonly contrastText: string;
}

/** Sums up an explanation. */
export function reportWhy(explained: ExplainedCompletion): WhyReport {
  const { outcome, candidate, text, model, explanation, occlusion } = explained;
  const { prompt, tokens, healedTokenCount } = explanation;
  const cursorLine = candidate.origin.position.line;
  return {
    text,
    source: outcome.source,
    model: { id: model.id, version: model.version, folder: model.folder },
    logProb: explainedLogProb(tokens),
    tokens: tokens.map(reportToken),
    ...reportMemory(explained),
    prompt: {
      tokenCount: prompt.tokenCount,
      healedTokenCount,
      contextLength: prompt.contextLength,
      parts: prompt.parts.map((part) => ({
        kind: part.kind,
        name: part.name,
        tokenCount: part.tokenCount,
        ...reportLines(partLines(part, prompt, cursorLine)),
      })),
      cut: prompt.cut,
    },
    time: timeSegments(outcome.timings, outcome.source, candidate.generation?.timings),
    ...(explained.contrastText === '' ? {} : { contrast: reportContrast(explained) }),
    ...(occlusion === undefined ? {} : { occlusion: reportOcclusion(occlusion, explained) }),
  };
}

function reportMemory({ candidate, explanation: { tokens } }: ExplainedCompletion): Pick<WhyReport, 'memory'> {
  const summary = summarizeRemembered(tokens);
  if (summary === undefined) return {};
  const { tokenCount, rememberedCount, lines } = summary;
  const places = lines.map(({ path, start, end }) => ({ path, startLine: start + 1, endLine: end }));
  const logProb = chosenLogProbOf(tokens);
  return { memory: { scope: candidate.origin.memory, logProb, tokenCount, rememberedCount, places } };
}

function reportContrast({ explanation, contrastText }: ExplainedCompletion): NonNullable<WhyReport['contrast']> {
  const { tokens, contrastTokens } = explanation;
  const firstDifferentToken = sharedTokenCount(tokens, contrastTokens);
  return {
    text: contrastText,
    firstDifferentToken,
    logProb: explainedLogProb(tokens, firstDifferentToken),
    otherLogProb: explainedLogProb(contrastTokens, firstDifferentToken),
    ...(summarizeRemembered(tokens) && {
      withMemory: {
        logProb: chosenLogProbOf(tokens, firstDifferentToken),
        otherLogProb: chosenLogProbOf(contrastTokens, firstDifferentToken),
      },
    }),
    tokens: contrastTokens.map(reportToken),
  };
}

function reportOcclusion(
  { results, runCount, readTokenCount, isGrouped }: Occlusion,
  { candidate }: ExplainedCompletion,
): NonNullable<WhyReport['occlusion']> {
  const { prompt, position } = candidate.origin;
  const influence = ({ change, contrastChange }: (typeof results)[number]): number =>
    Math.abs(contrastChange ?? change);
  const units = finestResults(results)
    .toSorted((left, right) => influence(right) - influence(left))
    .map(({ unit, change, contrastChange }) => ({
      part: unit.part,
      ...reportLines(unitLines(unit, position.line)),
      text: unitText(prompt, unit),
      change,
      ...(contrastChange === undefined ? {} : { contrastChange }),
    }));
  return { runCount, readTokenCount, isGrouped, units };
}

function reportToken(token: ExplainedToken): ReportToken {
  const { id, text, start, end, logProb, allowedLogProb, rank, alternatives, remembered } = token;
  return {
    ...{ id, text, start, end, logProb, rank, alternatives },
    logProbGivenTyped: logProb - allowedLogProb,
    coverage: coverage(token),
    ...(remembered && { remembered: reportRemembered(remembered) }),
  };
}

function reportRemembered({ logProb, share, place }: RememberedToken): NonNullable<ReportToken['remembered']> {
  if (place === undefined) return { logProb, share };
  const { path, line, agreement, agreementAhead } = place;
  return { logProb, share, place: { path, line: line + 1, agreement, agreementAhead } };
}

function reportLines(lines: { readonly start: number; readonly end: number } | undefined): ReportLines {
  return lines === undefined ? {} : { startLine: lines.start + 1, endLine: lines.end };
}
