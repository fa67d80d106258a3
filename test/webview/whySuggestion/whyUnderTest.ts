import path from 'node:path';
import 'vscode-jsonrpc/node';
import type { WhySnapshot, WhySuggestionContract } from '../../../src/protocol/panels/whySuggestionContract.js';
import { whySuggestionParamSchemas } from '../../../src/protocol/panels/whySuggestionParams.js';
import type { RpcHandlers } from '../../../src/protocol/rpcContract.js';
import { root } from '../../e2e/editor/places.js';
import type { OpenPanel, PanelUnderTest } from '../harness/openPanel.js';
import { withBrowser } from '../harness/withBrowser.js';

interface Asked {
  readonly method: string;
  readonly params: unknown;
}

/** Answers from a table of snapshots; a test may show another one. */
export class Host {
  readonly asked: Asked[] = [];
  #report: (snapshot: WhySnapshot) => void = () => undefined;

  constructor(private snapshot: WhySnapshot) {}

  show(snapshot: WhySnapshot): void {
    this.snapshot = snapshot;
    this.#report(snapshot);
  }

  get handlers(): RpcHandlers<WhySuggestionContract> {
    const note =
      (method: string) =>
      async (params: unknown): Promise<null> => {
        this.asked.push({ method, params });
        return null;
      };
    return {
      'why/follow': (_params, { report, signal }) => {
        this.#report = report;
        report(this.snapshot);
        return new Promise((_resolve, reject) => signal.addEventListener('abort', () => reject(new Error('gone'))));
      },
      'why/explainNewest': note('explainNewest'),
      'why/triggerSuggestion': note('triggerSuggestion'),
      'why/choose': note('choose'),
      'why/compare': note('compare'),
      'why/occlude': note('occlude'),
      'why/stop': note('stop'),
      'why/paint': note('paint'),
      'why/reveal': note('reveal'),
      'why/openPlace': note('openPlace'),
    };
  }
}

/** Starts a browser for the tests of a file; what it returns opens the panel as it ships, answered by a host. */
export function withWhyPanel(): (
  host: Host,
  options?: Partial<PanelUnderTest<WhySuggestionContract>>,
) => Promise<OpenPanel> {
  const browser = withBrowser();
  const script = path.join(root, 'dist/webview/whySuggestion.js');
  return (host, options) =>
    browser.open<WhySuggestionContract>({
      ...{ script, schemas: whySuggestionParamSchemas, handlers: host.handlers },
      ...options,
    });
}
