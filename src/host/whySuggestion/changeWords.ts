import { occlusionStep } from '../../core/explain/occlusion.js';
import type { Translate } from '../translate.js';

/** A change in nats with its sign, short enough for the end of a line. */
export function changeFigure(change: number): string {
  return `${change < 0 ? '\u2212' : '+'}${Math.abs(change).toFixed(2)}`;
}

/** What a change means, as a sentence. */
export function changeSentence(change: number, contrastText: string, t: Translate): string {
  const factor = factorOf(change);
  const figure = changeFigure(change);
  if (contrastText !== '') {
    return change < 0
      ? t('Without this, the suggestion’s lead over the other text is {0} times smaller ({1} nats).', factor, figure)
      : t('Without this, the suggestion’s lead over the other text is {0} times greater ({1} nats).', factor, figure);
  }
  if (occlusionStep(change) === 0) return t('Without this, the suggestion is about as likely ({0} nats).', figure);
  return change < 0
    ? t('Without this, the suggestion is {0} times less likely ({1} nats).', factor, figure)
    : t('Without this, the suggestion is {0} times more likely ({1} nats).', factor, figure);
}

/** The factor by which a probability changes, 1 or more, in three digits. */
function factorOf(change: number): string {
  return Number(Math.exp(Math.min(Math.abs(change), 50)).toPrecision(3)).toString();
}
