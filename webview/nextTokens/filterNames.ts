import type { SamplingFilter } from '../../src/core/sampling/sampledDistribution.js';
import type { ShareFill } from '../charts/shareBar.js';
import { t } from '../boot/strings.js';

/** What a filter is called where there is little room. Three of them have one name in every language. */
export function filterName(filter: SamplingFilter): string {
  return filter === 'temperature' ? t('greedy') : filter;
}

/** The pattern that stands for a filter. */
export const filterFills: Readonly<Record<SamplingFilter, ShareFill>> = {
  temperature: 'dotted',
  'top-k': 'rising',
  'top-p': 'falling',
  'min-p': 'dotted',
};
