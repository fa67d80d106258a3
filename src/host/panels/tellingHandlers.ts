import { GlassboxError } from '../../core/errors.js';
import type { Log } from '../../core/log.js';
import type { RpcContract, RpcHandlers } from '../../protocol/rpcContract.js';
import { errorSentence } from '../errorSentences.js';
import type { Translate } from '../translate.js';

/**
 * Handlers whose errors can be shown as they are: the message is the sentence for the error's code in the user's
 * language. The error's own message goes to the log.
 */
export function tellingHandlers<C extends RpcContract<C>>(
  handlers: RpcHandlers<C>,
  log: Log,
  t: Translate,
): RpcHandlers<C> {
  const methods = Object.keys(handlers) as (keyof C & string)[];
  const telling = methods.map((method) => {
    const handle: RpcHandlers<C>[keyof C] = async (params, context) => {
      try {
        return await handlers[method](params, context);
      } catch (thrown) {
        const error = GlassboxError.from(thrown);
        if (error.code !== 'cancelled') log.error(`${method}: ${error.code}, ${error.sentence}`);
        throw new GlassboxError(error.code, errorSentence(t, error), { cause: thrown });
      }
    };
    return [method, handle] as const;
  });
  return Object.fromEntries(telling) as unknown as RpcHandlers<C>;
}
