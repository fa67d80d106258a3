import { GlassboxError } from '../../core/errors.js';
import type { ModelDescriptor } from '../../core/model/modelDescriptor.js';
import { errorSentence } from '../errorSentences.js';
import type { FaultNotice } from '../faultNotices.js';
import type { Translate } from '../translate.js';
import type { ModelChoice } from './modelChoice.js';

/** The faults worth telling: a broken folder the user named, and a model the user chose that is not there. */
export function modelNotices(
  models: readonly ModelDescriptor[],
  choice: ModelChoice | undefined,
  t: Translate,
): readonly FaultNotice[] {
  const broken = models.flatMap(({ folder, name, source, problem }): FaultNotice[] => {
    if (problem === undefined || (source === 'bundled' && choice?.broken?.folder !== folder)) return [];
    const sentence = t('The model “{0}” cannot be used: {1}', name, errorSentence(t, problem));
    const error = new GlassboxError(problem.code, problem.message);
    return [{ fault: `model ${folder} ${problem.code}`, sentence, error }];
  });
  const wanted = choice?.missing;
  if (wanted === undefined) return broken;
  const missing: FaultNotice = {
    fault: `model ${wanted} missing`,
    sentence: t('The model “{0}” was not found, so the bundled one is used.', wanted),
    error: new GlassboxError('model-not-found', `No model folder holds ${wanted}.`),
  };
  return [...broken, missing];
}
