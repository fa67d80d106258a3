import { html, type TemplateResult } from 'lit';
import { formatNumber, t } from '../../boot/strings.js';
import { iconButton } from '../../controls/button.js';
import { icons } from '../../controls/icons.js';
import type { ReplayPlayer } from './replayPlayer.js';

/** Steps per second, slowest first. */
const speeds = [0.5, 1, 2, 4, 8, 20, 60] as const;

/** The buttons and tracks that move through a replay. */
export function transport(player: ReplayPlayer, speed: number, onSpeed: (speed: number) => void): TemplateResult {
  const { position, length, isPlaying } = player;
  const last = length - 1;
  const nearest = speeds.findIndex((candidate) => candidate >= speed);
  return html`<div class="bar transport" role="group" aria-label=${t('Replay')}>
    ${iconButton({ label: t('First step'), icon: icons.first, disabled: position === 0, onPress: () => player.goTo(0) })}
    ${iconButton({
      label: t('Step back'),
      icon: icons.previous,
      disabled: position === 0,
      onPress: () => player.goTo(position - 1),
    })}
    ${
      isPlaying
        ? iconButton({ label: t('Pause'), icon: icons.pause, onPress: () => player.pause() })
        : iconButton({ label: t('Play'), icon: icons.play, onPress: () => player.play() })
    }
    ${iconButton({
      label: t('Step forward'),
      icon: icons.next,
      disabled: position === last,
      onPress: () => player.goTo(position + 1),
    })}
    ${iconButton({
      label: t('Last step'),
      icon: icons.last,
      disabled: position === last,
      onPress: () => player.goTo(last),
    })}
    <input
      class="track"
      type="range"
      min="0"
      max=${last}
      .value=${String(position)}
      aria-label=${t('Step')}
      aria-valuetext=${t('Step {0} of {1}', position + 1, length)}
      @input=${(event: Event) => player.goTo((event.currentTarget as HTMLInputElement).valueAsNumber)}
    />
    <span class="muted count">${t('Step {0} of {1}', position + 1, length)}</span>
    <label class="speed muted"
      >${t('Speed')}
      <input
        type="range"
        min="0"
        max=${speeds.length - 1}
        .value=${String(nearest < 0 ? speeds.length - 1 : nearest)}
        aria-valuetext=${t('{0} a second', formatNumber(speed, speed < 1 ? 1 : 0))}
        @input=${(event: Event) => onSpeed(speeds[(event.currentTarget as HTMLInputElement).valueAsNumber] ?? 2)}
      />
      ${t('{0} a second', formatNumber(speed, speed < 1 ? 1 : 0))}
    </label>
  </div>`;
}
