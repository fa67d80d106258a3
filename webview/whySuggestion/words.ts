import { logProbGivenTyped, type ExplainedToken } from '../../src/core/explain/explainedTokens.js';
import { occlusionStep } from '../../src/core/explain/occlusion.js';
import type { TimeStage } from '../../src/core/explain/timeSegments.js';
import type { PromptPieceKind } from '../../src/core/prompt/fittedPrompt.js';
import type { DocumentLines, WhyChange, WhySubject } from '../../src/protocol/panels/whySuggestionContract.js';
import { formatNumber, t } from '../boot/strings.js';

/** How it is known what is explained. */
export function stateSentence(state: WhySubject['state']): string {
  switch (state) {
    case 'offered':
      return t('Offered at the cursor.');
    case 'accepted':
      return t('Accepted.');
    case 'gone':
      return t('Was offered and is no longer on screen.');
  }
}

/** Where the text came from. */
export function sourceSentence({ source, modelName }: WhySubject): string {
  switch (source) {
    case 'model':
      return t('Written by {0} for this request.', modelName);
    case 'cache':
      return t('Taken from the cache: {0} had written it for an earlier request.', modelName);
    case 'running':
      return t('{0} was writing it already when this was asked.', modelName);
    case 'typed-through':
      return t('{0} had written it before; you typed the beginning of it.', modelName);
  }
}

/** Name of a stage of the time bar. */
export function stageName(stage: TimeStage): string {
  switch (stage) {
    case 'gate':
      return t('Deciding whether to ask');
    case 'prompt':
      return t('Reading the document');
    case 'delay':
      return t('Waiting for a pause in typing');
    case 'queue':
      return t('Waiting for the engine');
    case 'load':
      return t('Loading the model');
    case 'tokenize':
      return t('Making tokens');
    case 'prefill':
      return t('Reading the prompt');
    case 'decode':
      return t('Writing');
    case 'engine-rest':
      return t('Engine, other');
    case 'post-process':
      return t('Trimming');
    case 'rest':
      return t('Other');
  }
}

/** Name of a part of the prompt. */
export function partName(kind: PromptPieceKind, name: string): string {
  switch (kind) {
    case 'control':
      return t('Control token {0}', name);
    case 'path':
      return t('Path of the file');
    case 'chunk':
      return t('Piece of {0}', name);
    case 'prefix':
      return t('Lines before');
    case 'suffix':
      return t('Lines after');
    case 'near-prefix':
      return t('Lines just before');
    case 'current-line':
      return t('Line up to the cursor');
  }
}

/** Lines as people count them. */
export function linesName({ start, end }: DocumentLines): string {
  return end - start === 1 ? t('Line {0}', start + 1) : t('Lines {0} to {1}', start + 1, end);
}

/** Where a part stood that was left out. */
export function changePlace({ part, lines, text }: WhyChange): string {
  if (part === 'path') return t('Path of the file');
  if (part === 'chunk') return t('Piece of {0}', text);
  return lines === undefined ? t('Line that has changed') : linesName(lines);
}

/** A change in nats with its sign. */
export function changeFigure(change: number): string {
  const digits = formatNumber(Math.abs(change), 2);
  if (Number(Math.abs(change).toFixed(2)) === 0) return digits;
  return `${change < 0 ? '\u2212' : '+'}${digits}`;
}

/** What a change means. */
export function changeMeaning(change: number, isContrast: boolean): string {
  if (occlusionStep(change) === 0) return t('no change to speak of');
  const factor = Number(Math.exp(Math.min(50, Math.abs(change))).toPrecision(2));
  const times = formatNumber(factor, factor < 10 ? 1 : 0);
  if (isContrast) return change < 0 ? t('lead {0} times smaller', times) : t('lead {0} times greater', times);
  return change < 0 ? t('{0} times less likely', times) : t('{0} times more likely', times);
}

/** The model's probability of a token among those that agree with what was typed; empty where every token might come. */
export function givenTyped(token: ExplainedToken): string {
  if (token.allowedLogProb === 0) return '';
  return t('{0} among the tokens that begin with the letters you had typed.', percent(logProbGivenTyped(token)));
}

/** A probability; those that round to nothing say so. */
export function percent(logProb: number): string {
  const share = Math.exp(logProb);
  return share > 0 && share < leastShare ? t('under {0}', sharePercent(leastShare)) : sharePercent(share);
}

/** Smaller probabilities are not told apart. */
const leastShare = 0.0001;

/** A share from 0 to 1 as the user's language writes percentages. */
export function sharePercent(share: number): string {
  const digits = share < 0.1 ? 2 : 1;
  return new Intl.NumberFormat(document.documentElement.lang, {
    style: 'percent',
    minimumFractionDigits: digits,
    maximumFractionDigits: digits,
  }).format(share);
}

/** Text with its blanks to be seen: a dot for a space, arrows for tabs and line ends. */
export function visibleText(text: string): string {
  return text.replaceAll(' ', '·').replaceAll('\t', '→').replaceAll('\n', '↵');
}
