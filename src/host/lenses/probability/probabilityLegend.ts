import { surprisalSteps } from '../../../core/lenses/surprisal.js';
import type { Translate } from '../../translate.js';
import { percent } from '../numbers.js';
import { swatch } from '../swatch.js';
import { probabilityColors } from './probabilityStyles.js';

/** What stands in a legend for the line below a token, by step of a sequential scale. */
export const lineSamples = ['&nbsp;&nbsp;', '┈┈', '╌╌', '──', '━━', '▀▀'] as const;

/** The scale of the probability lens as Markdown, unpainted tokens first. */
export function probabilityLegend(t: Translate): string {
  const rows = [0, ...surprisalSteps].map((from, step) => {
    const to = surprisalSteps[step];
    const range = to === undefined ? t('{0} bits and more', from) : t('{0} to {1} bits', from, to);
    const least = to === undefined ? '' : percent(2 ** -to);
    const most = percent(2 ** -from);
    const share = to === undefined ? t('below {0}', most) : `${least}–${most}`;
    const sample =
      step === 0 ? t('not painted:') : swatch(probabilityColors.background(step), lineSamples[step - 1] ?? '');
    return `${sample} ${range} (${share})`;
  });
  return [`**${t('Surprisal of each token')}**`, ...rows].join('  \n');
}
