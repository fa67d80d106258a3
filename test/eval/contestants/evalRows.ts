import type { ModelDescriptor } from '../../../src/core/model/modelDescriptor.js';
import type { EngineClient } from '../../../src/protocol/engineContract.js';
import type { Row } from '../measure/runEval.js';
import type { Contestant } from './contestant.js';
import { lineCopy } from './lineCopyContestant.js';
import { modelContestant, type RequestChanges } from './modelContestant.js';
import { NeighbourFiles, type ReadOrigin } from './neighbourFiles.js';
import { fileNgram, nestedNgram } from './ngramContestant.js';

/** What the rows are made of. */
export interface RowInputs {
  readonly engine: EngineClient;
  readonly model: ModelDescriptor;
  /** An earlier model to compare with. */
  readonly previous: ModelDescriptor | undefined;
  readonly readOrigin: ReadOrigin;
  /** Further rows of the model, asked in another way, by what is written behind its name. */
  readonly variants: Readonly<Record<string, RequestChanges>>;
}

/** What is written behind the name of the model that is asked alone. */
export const withoutMemory = 'without memory';

/** The rows of every table, the model first. */
export function evalRows({ engine, model, previous, readOrigin, variants }: RowInputs): readonly Row[] {
  return [
    modelRow(engine, model, readOrigin),
    modelRow(engine, model, readOrigin, 'memory of the file alone', { memory: 'file' }),
    modelRow(engine, model, readOrigin, withoutMemory, { memory: 'off' }),
    ...(previous === undefined ? [] : [modelRow(engine, previous, readOrigin, 'previous')]),
    ...Object.entries(variants).map(([name, changes]) => modelRow(engine, model, readOrigin, name, changes)),
    ...[nestedNgram(new NeighbourFiles(readOrigin)), fileNgram(), lineCopy()].map((contestant: Contestant): Row => ({
      contestant,
      folder: undefined,
    })),
  ];
}

/** The row of one model. */
export function modelRow(
  engine: EngineClient,
  model: ModelDescriptor,
  readOrigin: ReadOrigin,
  role = '',
  changes: RequestChanges = {},
): Row {
  const label = `${model.name} ${model.version}${role === '' ? '' : ` (${role})`}`;
  return { contestant: modelContestant(engine, model, label, readOrigin, changes), folder: model.folder };
}
