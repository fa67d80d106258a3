import { randomBytes } from 'node:crypto';
import * as vscode from 'vscode';
import type { Log } from '../../core/log.js';
import type { PostMessagePort } from '../../protocol/messagePort.js';
import type { RpcContract, RpcHandlers, RpcParamSchemas } from '../../protocol/rpcContract.js';
import { RpcServer } from '../../protocol/rpcServer.js';
import type { Translate } from '../translate.js';
import { PageConnections } from './pageConnections.js';
import { panelHtml } from './panelHtml.js';
import { tellingHandlers } from './tellingHandlers.js';

/** What makes a panel this one. */
export interface PanelKind<C extends RpcContract<C>> {
  /** Folder below `webview/`, name of the script, and last part of the view type `glassbox.panel.<name>`. */
  readonly name: string;
  /** In the user's language. */
  readonly title: string;
  readonly schemas: RpcParamSchemas<C>;
  /** Answers the page. What runs is aborted when the page goes. */
  readonly handlers: RpcHandlers<C>;
}

/** What panels need from outside. */
export interface PanelEnvironment {
  readonly extensionUri: vscode.Uri;
  readonly log: Log;
  readonly t: Translate;
}

/**
 * A panel beside the editor. It exists once; after a reload or a restart the editor brings it back, and its page finds
 * the state that it kept. While hidden it has no page and costs nothing.
 */
export class Panel<C extends RpcContract<C>> implements vscode.Disposable {
  readonly #kind: PanelKind<C>;
  readonly #environment: PanelEnvironment;
  readonly #registration: vscode.Disposable;
  #open: vscode.WebviewPanel | undefined;
  #connections: PageConnections | undefined;

  constructor(kind: PanelKind<C>, environment: PanelEnvironment) {
    this.#kind = kind;
    this.#environment = environment;
    this.#registration = vscode.window.registerWebviewPanelSerializer(this.#viewType, {
      deserializeWebviewPanel: async (panel) => this.#adopt(panel),
    });
  }

  get #viewType(): string {
    return `glassbox.panel.${this.#kind.name}`;
  }

  get #scriptFolder(): vscode.Uri {
    return vscode.Uri.joinPath(this.#environment.extensionUri, 'dist', 'webview');
  }

  /** Brings the panel to the front, beside the editor when it is not open yet. */
  show(): void {
    if (this.#open !== undefined) {
      this.#open.reveal();
      return;
    }
    const { title } = this.#kind;
    this.#adopt(
      vscode.window.createWebviewPanel(this.#viewType, title, vscode.ViewColumn.Beside, { enableFindWidget: true }),
    );
  }

  /** Answers nobody any more. The panel itself stays: closed here, it would not come back after a restart. */
  dispose(): void {
    this.#registration.dispose();
    this.#connections?.dispose();
  }

  /** Makes a panel ours: a new one, or one that the editor restored. */
  #adopt(panel: vscode.WebviewPanel): void {
    this.#open?.dispose();
    this.#open = panel;
    const { schemas, handlers } = this.#kind;
    const { log, t } = this.#environment;
    const connections = new PageConnections(
      webviewPort(panel.webview),
      (transport) => new RpcServer(transport, tellingHandlers(handlers, log, t), schemas, log),
    );
    this.#connections = connections;
    panel.onDidChangeViewState(() => {
      if (!panel.visible) connections.end();
    });
    panel.onDidDispose(() => {
      connections.dispose();
      if (this.#open === panel) this.#open = undefined;
    });
    panel.webview.options = { enableScripts: true, localResourceRoots: [this.#scriptFolder] };
    panel.webview.html = this.#html(panel.webview);
  }

  #html(webview: vscode.Webview): string {
    const { name, title } = this.#kind;
    return panelHtml({
      title,
      language: vscode.env.language,
      script: webview.asWebviewUri(vscode.Uri.joinPath(this.#scriptFolder, `${name}.js`)).toString(),
      nonce: randomBytes(16).toString('base64url'),
      strings: vscode.l10n.bundle,
    });
  }
}

function webviewPort(webview: vscode.Webview): PostMessagePort {
  return {
    postMessage: (message) => void webview.postMessage(message),
    onMessage: (listener) => webview.onDidReceiveMessage(listener),
  };
}
