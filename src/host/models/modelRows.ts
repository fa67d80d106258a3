import type { ModelDescriptor } from '../../core/model/modelDescriptor.js';
import { errorSentence } from '../errorSentences.js';
import type { Translate } from '../translate.js';

/** A model as a row of the picker. */
export interface ModelRow {
  readonly model: ModelDescriptor;
  readonly label: string;
  readonly description: string;
  readonly detail: string;
}

/** Models that can complete, the active one marked, broken ones last with what is wrong with them. */
export function modelRows(
  models: readonly ModelDescriptor[],
  active: ModelDescriptor | undefined,
  t: Translate,
): readonly ModelRow[] {
  const shown = models.filter(({ roles, problem }) => problem !== undefined || roles.includes('completion'));
  const usableFirst = shown.toSorted((a, b) => Number(a.problem !== undefined) - Number(b.problem !== undefined));
  return usableFirst.map((model) => ({
    model,
    label: `$(${icon(model, active)}) ${model.name}`,
    description: [model.source === 'bundled' ? t('bundled') : model.folder, model.version].filter(Boolean).join(' · '),
    detail: model.problem === undefined ? facts(model, t) : errorSentence(t, model.problem),
  }));
}

function icon(model: ModelDescriptor, active: ModelDescriptor | undefined): string {
  if (model.problem !== undefined) return 'warning';
  return model.folder === active?.folder ? 'check' : 'package';
}

function facts({ sizeBytes, license, contextLength }: ModelDescriptor, t: Translate): string {
  return [megabytes(sizeBytes), t('{0} tokens of context', contextLength), license].join(' · ');
}

/** Size for people: decimal megabytes, as file managers show. */
export function megabytes(sizeBytes: number): string {
  const size = sizeBytes / 1e6;
  return `${size.toFixed(size < 10 ? 1 : 0)} MB`;
}
