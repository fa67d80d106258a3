import { html, nothing, type TemplateResult } from 'lit';
import { formatNumber, t } from '../boot/strings.js';
import { iconButton } from '../controls/button.js';
import { icons } from '../controls/icons.js';
import type { TextWindow } from './textWindow.js';

/** Says which part of a long text is drawn, and goes to the others; nothing when all of it is drawn. */
export function windowPager(
  windows: readonly TextWindow[],
  index: number,
  onGo: (index: number) => void,
): TemplateResult | typeof nothing {
  const window = windows[index];
  const last = windows.length - 1;
  if (last < 1 || window === undefined) return nothing;
  const go = (label: string, icon: TemplateResult, target: number): TemplateResult =>
    iconButton({ label, icon, disabled: target === index, onPress: () => onGo(Math.min(Math.max(target, 0), last)) });
  return html`<div class="bar" role="group" aria-label=${t('Part of the text')}>
    ${go(t('First part'), icons.first, 0)} ${go(t('Previous part'), icons.previous, Math.max(index - 1, 0))}
    <span role="status">
      ${t(
        'Characters {0} to {1} of {2} are drawn; all of them are counted.',
        formatNumber(window.start + 1),
        formatNumber(window.end),
        formatNumber(windows[last]!.end),
      )}
    </span>
    ${go(t('Next part'), icons.next, Math.min(index + 1, last))} ${go(t('Last part'), icons.last, last)}
  </div>`;
}
