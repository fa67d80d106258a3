import type { GlassboxErrorCode } from '../../core/errors.js';
import type { EngineStatus } from '../../supervisor/engineStatus.js';
import { errorSentence } from '../errorSentences.js';
import { shorten } from '../shorten.js';
import type { Translate } from '../translate.js';

/** Everything the status item and the menu speak of, at one moment. */
export interface StatusInputs {
  readonly enabled: boolean;
  /** Language of the active editor; undefined when there is no editor. */
  readonly language: { readonly id: string; readonly name: string; readonly enabled: boolean } | undefined;
  /** 0 when completion is not snoozed. */
  readonly snoozedMinutes: number;
  readonly engine: EngineStatus['kind'];
  readonly generating: boolean;
  /** Name of the model that completes; undefined while none is known. */
  readonly modelName: string | undefined;
  /** Why the model the user chose does not complete; without a name when there is no model at all. */
  readonly modelProblem: { readonly name: string | undefined; readonly code: GlassboxErrorCode } | undefined;
  readonly trusted: boolean;
}

/** One of the states, most important first. */
export type StatusKind =
  | 'off'
  | 'snoozed'
  | 'engine-down'
  | 'model-problem'
  | 'language-off'
  | 'starting'
  | 'generating'
  | 'restricted'
  | 'ready';

/** What the status item shows. */
export interface StatusView {
  readonly kind: StatusKind;
  /** Codicon id, with a modifier where it spins. */
  readonly icon: string;
  readonly text: string;
  /** One sentence for tooltip, menu and screen readers. */
  readonly sentence: string;
  /** Whether something needs the user: the item gets the theme's warning colour. */
  readonly warning: boolean;
}

const icons: Readonly<Record<StatusKind, string>> = {
  off: 'circle-slash',
  snoozed: 'bell-slash',
  'engine-down': 'error',
  'model-problem': 'warning',
  'language-off': 'circle-slash',
  starting: 'loading~spin',
  generating: 'loading~spin',
  restricted: 'shield',
  ready: 'package',
};

const nameLength = 28;

/** What to show for a state of affairs. */
export function statusView(inputs: StatusInputs, t: Translate): StatusView {
  const kind = statusKind(inputs);
  return {
    kind,
    icon: icons[kind],
    text: statusText(kind, inputs, t),
    sentence: statusSentence(kind, inputs, t),
    warning: kind === 'engine-down' || kind === 'model-problem',
  };
}

function statusKind(inputs: StatusInputs): StatusKind {
  if (!inputs.enabled) return 'off';
  if (inputs.snoozedMinutes > 0) return 'snoozed';
  if (inputs.engine === 'down') return 'engine-down';
  if (inputs.modelProblem !== undefined) return 'model-problem';
  if (inputs.language?.enabled === false) return 'language-off';
  if (inputs.engine === 'starting' || inputs.engine === 'backoff') return 'starting';
  if (inputs.generating) return 'generating';
  return inputs.trusted ? 'ready' : 'restricted';
}

function statusText(kind: StatusKind, inputs: StatusInputs, t: Translate): string {
  if (kind === 'snoozed') return `Glassbox ${t('{0} min', inputs.snoozedMinutes)}`;
  return shorten(inputs.modelName ?? 'Glassbox', nameLength);
}

function statusSentence(kind: StatusKind, inputs: StatusInputs, t: Translate): string {
  const model = inputs.modelName ?? 'Glassbox';
  switch (kind) {
    case 'off':
      return t('Completion is switched off.');
    case 'snoozed':
      return t('Completion is snoozed for another {0} min.', inputs.snoozedMinutes);
    case 'engine-down':
      return errorSentence(t, { code: 'engine-unavailable' });
    case 'model-problem':
      return problemSentence(inputs, t);
    case 'language-off':
      return t('Completion is switched off for {0} files.', inputs.language?.name ?? '');
    case 'starting':
      return inputs.engine === 'backoff' ? t('The engine is starting again.') : t('The engine is starting.');
    case 'generating':
      return t('{0} is writing.', model);
    case 'restricted':
      return t('This workspace is not trusted, so only the bundled model is used.');
    case 'ready':
      return inputs.engine === 'stopped'
        ? t('Completion is on. The engine starts when it is needed.')
        : t('{0} is ready.', model);
  }
}

function problemSentence({ modelProblem, modelName }: StatusInputs, t: Translate): string {
  if (modelProblem === undefined) return '';
  if (modelProblem.name === undefined) return t('No usable model was found.');
  const what = t('The model “{0}” cannot be used: {1}', modelProblem.name, errorSentence(t, modelProblem));
  return modelName === undefined ? what : [what, t('{0} completes instead.', modelName)].join(' ');
}
