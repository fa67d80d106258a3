import { css, html, LitElement, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { branchRuns, type BranchRun } from '../../src/core/nextTokens/branchRuns.js';
import { emptyBranchTree, type BranchTree } from '../../src/core/nextTokens/branchTree.js';
import { formatNumber, t } from '../boot/strings.js';
import { nextChoice } from '../charts/listKeys.js';
import { iconButton } from '../controls/button.js';
import { formatLogProb, formatShare } from './figures.js';
import { removeIcon } from './icons.js';
import { tokenLabel, tokenLabelStyles, tokenWords } from './tokenLabel.js';

/** What the tree shows and does. Keys are those of nodes. */
export interface BranchTreeOptions {
  readonly tree: BranchTree;
  readonly onGo: (key: number) => void;
  readonly onRemove: (key: number) => void;
}

/**
 * The branches that were tried, as a tree: each row holds the tokens up to the next fork. Arrow keys move, Enter goes
 * there, Delete removes.
 */
export function branchTreeView(options: BranchTreeOptions): TemplateResult {
  return html`<glassbox-branch-tree .options=${options} .tree=${options.tree}></glassbox-branch-tree>`;
}

/** Levels that are drawn further and further in; deeper ones stay there, so that text keeps its room. */
const drawnLevels = 8;

/** The element behind {@link branchTreeView}. */
@customElement('glassbox-branch-tree')
export class BranchTreeView extends LitElement {
  @property({ attribute: false }) accessor options: BranchTreeOptions | undefined;
  @property({ attribute: false }) accessor tree: BranchTree = emptyBranchTree;
  /** Key at the end of the row that the keyboard is at. */
  @state() private accessor active = 0;
  #runs: readonly BranchRun[] = [];

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (!changed.has('tree')) return;
    this.#runs = branchRuns(this.tree);
    this.active = this.tree.current;
  }

  protected override render(): TemplateResult {
    return html`<div
      class="tree"
      role="tree"
      tabindex="0"
      aria-label=${t('Branches tried so far')}
      aria-activedescendant=${`run-${String(this.active)}`}
      @keydown=${this.#press}
    >
      ${this.#runs.map((run) => this.#row(run))}
    </div>`;
  }

  #row(run: BranchRun): TemplateResult {
    const isCurrent = run.endKey === this.tree.current;
    const hasChildren = this.#runs.some(({ parentKey }) => parentKey === run.endKey);
    const depth = Math.min(drawnLevels, run.level - 1);
    return html`<div
      id=${`run-${String(run.endKey)}`}
      class="row depth-${depth} ${isCurrent ? 'current' : ''} ${run.endKey === this.active ? 'active' : ''}"
      role="treeitem"
      aria-level=${run.level}
      aria-posinset=${run.position}
      aria-setsize=${run.setSize}
      aria-expanded=${hasChildren ? 'true' : nothing}
      aria-selected=${String(isCurrent)}
      aria-label=${wordsOf(run)}
      title=${wordsOf(run)}
      @click=${() => this.options?.onGo(run.endKey)}
    >
      <span class="text">${run.nodes.length === 0 ? t('Cursor') : run.nodes.map(({ token }) => label(token))}</span>
      ${run.nodes.length === 0 ? nothing : this.#figures(run)}
    </div>`;
  }

  #figures(run: BranchRun): TemplateResult {
    return html`<span class="figure">${formatLogProb(run.logProb)}</span>
      <span class="figure joint">${formatShare(Math.exp(run.jointLogProb))}</span>
      <span
        class="remove"
        @click=${(event: Event) => event.stopPropagation()}
        @keydown=${(event: Event) => event.stopPropagation()}
        >${iconButton({
          label: t('Remove this branch (Delete)'),
          icon: removeIcon,
          onPress: () => this.#remove(run),
        })}</span
      >`;
  }

  readonly #press = (event: KeyboardEvent): void => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const index = this.#runs.findIndex(({ endKey }) => endKey === this.active);
    const run = this.#runs[index];
    if (run === undefined) return;
    const act = this.#actionOf(event.key, run, index);
    if (act === undefined) return;
    act();
    event.preventDefault();
    event.stopPropagation();
  };

  #actionOf(key: string, run: BranchRun, index: number): (() => void) | undefined {
    const next = nextChoice(key, index, this.#runs.length);
    if (next !== undefined) return () => this.#moveTo(this.#runs[next]?.endKey);
    switch (key) {
      case 'ArrowLeft':
        return () => this.#moveTo(run.parentKey);
      case 'ArrowRight':
        return () => this.#moveTo(this.#runs.find(({ parentKey }) => parentKey === run.endKey)?.endKey);
      case 'Enter':
      case ' ':
        return () => this.options?.onGo(run.endKey);
      case 'Delete':
        return () => this.#remove(run);
      default:
        return undefined;
    }
  }

  #moveTo(key: number | undefined): void {
    if (key === undefined) return;
    this.active = key;
    void this.updateComplete.then(() =>
      this.renderRoot.querySelector(`#run-${String(key)}`)?.scrollIntoView({ block: 'nearest' }),
    );
  }

  #remove({ nodes: [first] }: BranchRun): void {
    if (first !== undefined) this.options?.onRemove(first.key);
  }

  static override readonly styles = [
    tokenLabelStyles,
    css`
      :host {
        display: block;
        min-width: 0;
      }

      .tree {
        max-height: 320px;
        overflow-y: auto;
        outline: none;
      }

      .row {
        display: flex;
        align-items: center;
        gap: 8px;
        min-height: 24px;
        padding-right: 2px;
        cursor: pointer;
        font-variant-numeric: tabular-nums;
      }

      .row:hover {
        background: var(--vscode-list-hoverBackground);
        outline: 1px dashed var(--glassbox-outline);
        outline-offset: -1px;
      }

      .row.current {
        background: var(--vscode-list-inactiveSelectionBackground);
        box-shadow: inset 2px 0 0 var(--glassbox-accent);
      }

      .tree:focus-visible .row.active {
        outline: 1px solid var(--vscode-focusBorder);
        outline-offset: -1px;
      }

      .text {
        flex: 1;
        min-width: 0;
        overflow: hidden;
        font-family: var(--vscode-editor-font-family, monospace);
        text-overflow: ellipsis;
        white-space: pre;
      }

      .token + .token {
        border-left: 1px solid var(--glassbox-border);
        padding-left: 1px;
        margin-left: 1px;
      }

      .figure {
        flex: none;
        width: 4.2em;
        color: var(--glassbox-muted);
        text-align: right;
        white-space: nowrap;
      }

      .joint {
        width: 5em;
      }

      .remove {
        flex: none;
        opacity: 0;
      }

      .row:hover .remove,
      .row.active .remove,
      .remove:focus-within {
        opacity: 1;
      }
    `,
    css`
      .depth-0 {
        padding-left: 6px;
      }
      .depth-1 {
        padding-left: 18px;
      }
      .depth-2 {
        padding-left: 30px;
      }
      .depth-3 {
        padding-left: 42px;
      }
      .depth-4 {
        padding-left: 54px;
      }
      .depth-5 {
        padding-left: 66px;
      }
      .depth-6 {
        padding-left: 78px;
      }
      .depth-7 {
        padding-left: 90px;
      }
      .depth-8 {
        padding-left: 102px;
      }
    `,
  ];
}

type RunToken = BranchRun['nodes'][number]['token'];

function label(token: RunToken): TemplateResult {
  return html`<span class="token">${tokenLabel({ ...token, bytes: Uint8Array.from(token.bytes) })}</span>`;
}

function wordsOf({ nodes, logProb, jointLogProb }: BranchRun): string {
  if (nodes.length === 0) return t('Cursor');
  const words = nodes.map(({ token }) => tokenWords({ ...token, bytes: Uint8Array.from(token.bytes) })).join(' ');
  return t(
    '{0}: {1} tokens, log-probability {2}; from the cursor {3} ({4})',
    words,
    formatNumber(nodes.length),
    formatLogProb(logProb),
    formatLogProb(jointLogProb),
    formatShare(Math.exp(jointLogProb)),
  );
}
