import { describe, expect, it } from 'vitest';
import { GlassboxError } from '../../../../src/core/errors.js';
import type { Log } from '../../../../src/core/log.js';
import { tellingHandlers } from '../../../../src/host/panels/tellingHandlers.js';
import type { RpcHandlers } from '../../../../src/protocol/rpcContract.js';
import { createSampleHandlers, type SampleContract } from '../../../support/sampleContract.js';
import { settledError } from '../../../support/settledError.js';
import { silentLog } from '../../../support/silentLog.js';
import { translateFrom } from '../translateFrom.js';

const t = translateFrom({
  'A file of the model is damaged or was changed. Copy the model folder again.': '모델 파일이 손상되었습니다.',
});
const context = { signal: new AbortController().signal, report: (): void => undefined };

describe('tellingHandlers', () => {
  it('lets answers through', async () => {
    const handlers = tellingHandlers(createSampleHandlers(), silentLog, t);

    expect(await handlers.echo({ value: 'text' }, context)).toBe('text');
  });

  it('says an error in the language of the user, and logs its own words', async () => {
    const lines: string[] = [];
    const log: Log = { ...silentLog, error: (line) => lines.push(line) };
    const handlers = tellingHandlers(createSampleHandlers(), log, t);

    const error = await settledError(handlers.fail({ how: 'with-action' }, context));

    expect(error).toMatchObject({ code: 'model-hash-mismatch', message: '모델 파일이 손상되었습니다.' });
    expect(lines).toEqual(['fail: model-hash-mismatch, Wrong bytes. Download it again.']);
  });

  it('logs nothing of what was cancelled', async () => {
    const lines: string[] = [];
    const log: Log = { ...silentLog, error: (line) => lines.push(line) };
    const cancelling: RpcHandlers<SampleContract> = {
      ...createSampleHandlers(),
      echo: () => Promise.reject(new GlassboxError('cancelled', 'The request was cancelled.')),
    };

    const error = await settledError(tellingHandlers(cancelling, log, t).echo({ value: 1 }, context));

    expect(error.code).toBe('cancelled');
    expect(lines).toEqual([]);
  });
});
