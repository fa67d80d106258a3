import * as v from 'valibot';
import type { RpcContract } from '../../../src/protocol/rpcContract.js';
import { openPage } from '../../../webview/boot/page.js';
import { PersistedState } from '../../../webview/boot/persistedState.js';
import { t } from '../../../webview/boot/strings.js';

// A page that shows nothing and lets a test ask the host through the real boot code.

type Anything = RpcContract<Record<string, { params: unknown; result: unknown; progress: unknown }>>;

const { client, store } = openPage<Anything>();

Object.assign(globalThis, {
  client,
  t,
  state: new PersistedState<{ count: number }>(store, 2, v.object({ count: v.number() }), { count: 0 }),
});
