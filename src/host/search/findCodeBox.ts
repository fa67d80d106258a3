import * as vscode from 'vscode';
import type { Clock } from '../../core/clock.js';
import { GlassboxError } from '../../core/errors.js';
import { pause } from '../../core/flow/abortable.js';
import type { Log } from '../../core/log.js';
import type { FoundBlock } from '../../core/search/rankBlocks.js';
import { percent } from '../lenses/numbers.js';
import type { Translate } from '../translate.js';
import { BlockPreview } from './blockPreview.js';
import type { CodeSearch } from './codeSearch.js';
import type { InitialQuestion } from './initialQuestion.js';
import { blockRow, noteRow, searchTitle, type SearchRow } from './searchRows.js';

/** What the box works with. */
export interface FindCodeBoxDeps {
  readonly search: CodeSearch;
  readonly clock: Clock;
  readonly log: Log;
  readonly t: Translate;
}

/** Own choices: what a list can be looked through for, and pauses that are shorter than those between two words. */
const shownBlocks = 50;
const typingPauseMs = 120;
const previewPauseMs = 120;

/** The box in which a description is typed, and the list of what was found, live while typing and while code is read. */
export class FindCodeBox {
  private readonly box = vscode.window.createQuickPick<SearchRow>();
  private readonly preview = new BlockPreview();
  private asking = new AbortController();
  private showing = new AbortController();
  private found: readonly FoundBlock[] = [];
  private chosen: FoundBlock | undefined;
  private wantsLimit = false;
  private isAnswering = false;
  /** Whether the index changed while a question was being answered. */
  private isOutdated = false;
  /** Whether the user has moved through the list since it was made for a question. */
  private hasMoved = false;

  /** @param goOn goes on reading after it was stopped. */
  constructor(
    private readonly deps: FindCodeBoxDeps,
    private readonly initial: InitialQuestion | undefined,
    private readonly goOn: () => void,
  ) {
    const { box } = this;
    box.placeholder = deps.t('What the code does, for example: where the retry delay is computed');
    box.keepScrollPosition = true;
    box.value = initial?.shown ?? '';
  }

  /**
   * Resolves when the box is closed and the editor shows what it should; true when the limit of files is to be looked at.
   *
   * @throws GlassboxError `file-unreadable` when the chosen block cannot be opened.
   */
  show(): Promise<boolean> {
    const { box, deps } = this;
    return new Promise((resolve, reject) => {
      const following = deps.search.onDidChange(() => this.followIndex());
      box.onDidChangeValue(() => {
        this.hasMoved = false;
        this.ask(typingPauseMs);
      });
      box.onDidChangeActive(([row]) => this.look(row));
      box.onDidAccept(() => this.accept(box.activeItems[0]));
      box.onDidHide(() => {
        following.dispose();
        this.asking.abort();
        this.showing.abort();
        box.dispose();
        this.leave().then(() => resolve(this.wantsLimit), reject);
      });
      box.show();
      this.ask(0);
    });
  }

  /** Closes the box without a choice. */
  close(): void {
    this.box.hide();
  }

  /** Closes the box and throws on. @throws the error */
  fail(error: unknown): never {
    this.close();
    throw error;
  }

  /** Asks again, after a pause; an older question ends. */
  private ask(delayMs: number): void {
    this.asking.abort();
    this.asking = new AbortController();
    const { signal } = this.asking;
    this.isAnswering = true;
    this.isOutdated = false;
    this.answer(delayMs, signal)
      .catch((thrown: unknown) => this.tell(GlassboxError.from(thrown), signal))
      .finally(() => {
        if (signal.aborted) return;
        this.isAnswering = false;
        if (this.isOutdated) this.ask(0);
      });
  }

  /** Looks again in what has been read meanwhile; a question that is being answered comes to its end first. */
  private followIndex(): void {
    if (this.isAnswering) this.isOutdated = true;
    else this.ask(0);
  }

  private tell(error: GlassboxError, signal: AbortSignal): void {
    if (error.code === 'cancelled' || signal.aborted) return;
    this.deps.log.warn(`search: ${error.code}, ${error.sentence}`);
    this.list(noteRow({ kind: 'failed', error }, false, this.deps.t));
  }

  /** What the editor shows after the box. */
  private async leave(): Promise<void> {
    if (this.chosen === undefined) return this.preview.restore();
    try {
      await this.preview.accept(this.chosen);
    } catch (error) {
      throw GlassboxError.from(error, 'file-unreadable');
    }
  }

  private async answer(delayMs: number, signal: AbortSignal): Promise<void> {
    const { search, clock, t } = this.deps;
    this.box.busy = true;
    await pause(clock, delayMs, signal);
    const { initial } = this;
    const isInitial = initial !== undefined && this.box.value === initial.shown;
    const question = isInitial ? initial.text : this.box.value.trim();
    const options = { limit: shownBlocks, ...(isInitial && { leavesOut: initial.leavesOut }) };
    const found = question === '' ? [] : await search.find(question, options, signal);
    if (signal.aborted) return;
    const { state } = search;
    this.found = found;
    this.box.title = searchTitle(state, t);
    this.box.busy = state.kind === 'looking' || state.kind === 'reading';
    this.list(
      question === '' && state.kind === 'complete' && state.fileCount > 0
        ? undefined
        : noteRow(state, found.length > 0, t),
    );
  }

  /** Puts the rows into the list; the one the user had moved to stays the active one. */
  private list(note: SearchRow | undefined): void {
    const { box } = this;
    const formats = { path: pathForPeople, percent };
    const rows = this.found.map((found) => blockRow(found, formats));
    const active = this.hasMoved ? box.activeItems[0] : undefined;
    box.items = note === undefined ? rows : [...rows, note];
    const same = box.items.find((row) => active !== undefined && keyOf(row) === keyOf(active));
    if (same !== undefined) box.activeItems = [same];
  }

  private look(row: SearchRow | undefined): void {
    this.showing.abort();
    if (row?.row !== 'block') return;
    this.hasMoved = row !== this.box.items[0];
    this.showing = new AbortController();
    const { signal } = this.showing;
    pause(this.deps.clock, previewPauseMs, signal)
      .then(() => this.preview.show(row.found))
      .catch((thrown: unknown) => {
        const error = GlassboxError.from(thrown);
        if (error.code !== 'cancelled') this.deps.log.warn(`search: no preview: ${error.message}`);
      });
  }

  private accept(row: SearchRow | undefined): void {
    if (row === undefined) return;
    if (row.row === 'note') {
      if (row.action === 'go-on') this.goOn();
      if (row.action !== 'open-limit') return;
      this.wantsLimit = true;
    } else {
      this.chosen = row.found;
    }
    this.close();
  }
}

function keyOf(row: SearchRow): string {
  return row.row === 'note' ? row.label : `${row.found.file}#${row.found.block.headerLine}`;
}

/** Path below its folder, with the folder's name where there are several. */
function pathForPeople(file: string): string {
  return vscode.workspace.asRelativePath(vscode.Uri.parse(file)).replaceAll('\\', '/');
}
