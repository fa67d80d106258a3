import type { ModelDescriptor } from '../../core/model/modelDescriptor.js';

/** Which model completes, and which one the user wanted instead when that one cannot be used. */
export interface ModelChoice {
  readonly active: ModelDescriptor | undefined;
  /** The model named in the settings, when it is broken; undefined when it is fine, or when nothing was found by that name. */
  readonly broken: ModelDescriptor | undefined;
  /** What the settings name, when no folder holds it. */
  readonly missing: string | undefined;
}

/**
 * Picks the model that completes: the one the user named if it works, otherwise the first bundled one that works,
 * otherwise nothing. A folder of the user is never used unless it was chosen by name.
 *
 * @param wanted Id or folder of the model the user chose; empty for the bundled one.
 * @param role What it is to be used for, as cards say it.
 */
export function chooseModel(
  models: readonly ModelDescriptor[],
  wanted: string,
  role: 'completion' | 'embedding' = 'completion',
): ModelChoice {
  const suitable = models.filter(({ roles, problem }) => problem !== undefined || roles.includes(role));
  const named = wanted === '' ? undefined : suitable.find(({ id, folder }) => folder === wanted || id === wanted);
  if (named !== undefined && named.problem === undefined) {
    return { active: named, broken: undefined, missing: undefined };
  }
  const bundled = suitable.filter(({ source }) => source === 'bundled');
  const active = bundled.find(({ problem }) => problem === undefined);
  const broken = named ?? (active === undefined ? bundled[0] : undefined);
  return { active, broken, missing: wanted !== '' && named === undefined ? wanted : undefined };
}

/** What to write into `glassbox.models.active` to choose this model: its id, or its folder where the id is not unique. */
export function settingFor(chosen: ModelDescriptor, models: readonly ModelDescriptor[]): string {
  return models.filter(({ id }) => id === chosen.id).length > 1 ? chosen.folder : chosen.id;
}
