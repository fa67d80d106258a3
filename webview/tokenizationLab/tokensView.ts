import { css, html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { customElement, state } from 'lit/decorators.js';
import { repeat } from 'lit/directives/repeat.js';
import { firstRangeAfter } from './textRanges.js';
import { t } from '../boot/strings.js';
import { type PointedRange, type TokenBox, TokenRun, type TokenRunEvent } from '../charts/tokenRun.js';
import { button } from '../controls/button.js';
import { radioBar } from '../controls/radioBar.js';
import { columnBoxes } from './columnBoxes.js';
import { inspector, inspectorStyles } from './inspector.js';
import type { LabState } from './labState.js';
import { labStyles, LabView } from './labView.js';
import { windowPager } from './windowPager.js';

interface DrawnColumn {
  readonly key: string;
  readonly name: string;
  readonly text: readonly TokenBox[];
  readonly below: readonly TokenBox[];
}

/** The text as each tokenizer cuts it, side by side, with ids, bytes or names below; pointing links all of them. */
@customElement('glassbox-lab-tokens')
export class TokensView extends LabView {
  static override readonly styles = [
    ...labStyles,
    inspectorStyles,
    css`
      .columns {
        display: grid;
        grid-template-columns: repeat(auto-fit, minmax(min(100%, 17rem), 1fr));
        gap: 12px 20px;
      }

      section {
        display: grid;
        gap: 8px;
        align-content: start;
        min-width: 0;
      }

      glassbox-token-run[flow='chips'] {
        padding-top: 8px;
        border-top: 1px solid var(--glassbox-border);
      }
    `,
  ];

  @state() private accessor windowIndex = 0;
  @state() private accessor pointed: PointedRange | undefined;
  #drawn: readonly DrawnColumn[] = [];

  protected override willUpdate(changed: PropertyValues<this>): void {
    const { windows } = this.comparison;
    if (changed.has('comparison')) {
      this.windowIndex = Math.min(this.windowIndex, windows.length - 1);
      this.pointed = undefined;
    }
    // Pointing changes neither, and must not make boxes anew.
    const isSame = changed.size > 0 && [...changed.keys()].every((name) => name === 'pointed');
    if (!isSame) this.#draw();
  }

  #draw(): void {
    const window = this.comparison.windows[this.windowIndex]!;
    this.#drawn = this.answered.map(({ key, name, result }) => ({
      key,
      name,
      ...columnBoxes(this.comparison, result, window, this.lab.below),
    }));
  }

  protected override render(): TemplateResult {
    return html`
      <div class="bar">
        <span class="label">${t('Below the text')}</span>
        ${radioBar<LabState['below']>({
          label: t('Below the text'),
          value: this.lab.below,
          choices: [
            { value: 'ids', label: t('Ids') },
            { value: 'bytes', label: t('Bytes') },
            { value: 'names', label: t('Names') },
          ],
          onChoose: (below) => this.model.update({ below }),
        })}
        ${this.#differenceButton()}
      </div>
      ${windowPager(this.comparison.windows, this.windowIndex, (index) => (this.windowIndex = index))}
      <div class="columns">
        ${repeat(
          this.#drawn,
          ({ key }) => key,
          (column) => this.#column(column),
        )}
      </div>
      ${inspector(this.comparison, this.answered, this.pointed)}
    `;
  }

  #column({ name, text, below }: DrawnColumn): TemplateResult {
    return html`<section>
      <h2>${name}</h2>
      ${this.#run(t('Text as {0} cuts it', name), 'text', text)} ${this.#run(t('Tokens of {0}', name), 'chips', below)}
    </section>`;
  }

  #run(label: string, flow: 'text' | 'chips', boxes: readonly TokenBox[]): TemplateResult {
    return html`<glassbox-token-run
      .label=${label}
      .flow=${flow}
      .boxes=${boxes}
      .pointed=${this.pointed}
      @point=${({ detail }: TokenRunEvent) => (this.pointed = detail ?? this.pointed)}
      @choose=${({ detail }: TokenRunEvent) => this.#replay(detail)}
    ></glassbox-token-run>`;
  }

  #differenceButton(): TemplateResult | typeof nothing {
    if (this.comparison.differences.starts.length === 0) return nothing;
    return button({ label: t('Next Difference'), onPress: () => this.#goToDifference() });
  }

  #goToDifference(): void {
    const { differences, windows } = this.comparison;
    const from = this.pointed?.end ?? windows[this.windowIndex]!.start;
    const following = firstRangeAfter(differences, from);
    const index = following < differences.starts.length ? following : 0;
    const [start, end] = [differences.starts[index]!, differences.ends[index]!];
    this.windowIndex = firstRangeAfter({ ends: Uint32Array.from(windows, (window) => window.end) }, start);
    this.pointed = { start, end };
    void this.updateComplete.then(() => this.#scrollToPointed());
  }

  #scrollToPointed(): void {
    const run = this.renderRoot.querySelector('glassbox-token-run');
    if (!(run instanceof TokenRun)) return;
    void run.updateComplete.then(() => {
      run.renderRoot.querySelector('.pointed')?.scrollIntoView({ block: 'nearest' });
    });
  }

  #replay(range: PointedRange | undefined): void {
    if (range === undefined) return;
    this.model.replay(range);
  }
}
