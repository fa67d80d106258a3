import { css, html, type TemplateResult } from 'lit';
import { formatNumber, t } from '../boot/strings.js';
import { button } from '../controls/button.js';
import { slider } from '../controls/slider.js';
import { formatPercent } from './figures.js';
import { plainSampling, samplingLimits, type PanelState } from './panelState.js';

/** What the controls show and do. */
export interface SamplingControlsOptions {
  readonly sampling: PanelState['sampling'];
  /** While a control is moved. */
  readonly onChange: (change: Partial<PanelState['sampling']>) => void;
  /** When it is let go. */
  readonly onCommit: () => void;
}

/** The four controls of sampling. They change what is drawn from, not what the model said. */
export function samplingControls(options: SamplingControlsOptions): TemplateResult {
  const { sampling, onChange, onCommit } = options;
  const { temperature, topK, topP, minP, seed } = sampling;
  const isPlain = temperature === 1 && topK === 0 && topP === 1 && minP === 0;
  const reset = (): void => {
    onChange({ ...plainSampling, seed });
    onCommit();
  };
  return html`<section class="sampling" aria-label=${t('Sampling')}>
    <div class="section-head">
      <h2>${t('Sampling')}</h2>
      ${button({
        label: t('Reset'),
        title: t('Temperature 1 and nothing cut: the probabilities of the model itself'),
        disabled: isPlain,
        onPress: reset,
      })}
    </div>
    <div class="controls">${temperatureSlider(options)} ${filterSliders(options)}</div>
  </section>`;
}

function temperatureSlider({ sampling: { temperature }, onChange, onCommit }: SamplingControlsOptions): TemplateResult {
  return slider({
    label: t('Temperature'),
    value: temperature,
    min: 0,
    max: samplingLimits.temperature,
    step: 0.05,
    meaning: temperatureMeaning(temperature),
    onInput: (value) => onChange({ temperature: value }),
    onCommit,
  });
}

function filterSliders({ sampling, onChange, onCommit }: SamplingControlsOptions): TemplateResult {
  const { topK, topP, minP } = sampling;
  // Greedy choice ignores the filters.
  const shared = { min: 0, disabled: sampling.temperature === 0, onCommit };
  return html`${slider({
    ...shared,
    label: 'Top-k',
    value: topK,
    max: samplingLimits.topKTrack,
    typedMax: samplingLimits.topK,
    step: 1,
    meaning: topK === 0 ? t('off: any number of tokens') : t('keeps the {0} likeliest', formatNumber(topK)),
    onInput: (value) => onChange({ topK: Math.trunc(value) }),
  })}
  ${slider({
    ...shared,
    label: 'Top-p',
    value: topP,
    max: 1,
    step: 0.01,
    meaning: topP === 1 ? t('off: all of the probability') : t('keeps the fewest that reach {0}', formatPercent(topP)),
    onInput: (value) => onChange({ topP: value }),
  })}
  ${slider({
    ...shared,
    label: 'Min-p',
    value: minP,
    max: 1,
    step: 0.01,
    meaning:
      minP === 0
        ? t('off: however unlikely')
        : t('keeps what is at least {0} as likely as the first', formatPercent(minP)),
    onInput: (value) => onChange({ minP: value }),
  })}`;
}

function temperatureMeaning(temperature: number): string {
  if (temperature === 0) return t('greedy: always the likeliest');
  if (temperature === 1) return t('as the model says');
  return temperature < 1 ? t('sharper: likely tokens gain') : t('flatter: unlikely tokens gain');
}

/** Styles of {@link samplingControls}, for the component that shows it. */
export const samplingControlsStyles = css`
  .sampling {
    display: grid;
    gap: 8px;
  }

  .controls {
    display: grid;
    grid-template-columns: repeat(auto-fit, minmax(min(100%, 190px), 1fr));
    gap: 8px 24px;
    align-items: start;
  }
`;
