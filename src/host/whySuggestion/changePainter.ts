import * as vscode from 'vscode';
import { occlusionStep } from '../../core/explain/occlusion.js';
import type { WhyChange } from '../../protocol/panels/whySuggestionContract.js';
import type { Translate } from '../translate.js';
import { changeFigure, changeSentence } from './changeWords.js';
import type { WhySession } from './whySession.js';

/** Set while lines are painted, for keybindings. */
const paintedContext = 'glassbox.why.isPainted';

/** Lines that are painted at most, the most influential first: more would slow the editor down. */
const mostLines = 300;

type Direction = 'supports' | 'opposes';

/**
 * Paints on the lines of the document what leaving them out changes. The direction is told by the border's kind, the side
 * in the overview ruler and the sign of the figure at the line's end; colour only repeats it.
 */
export class ChangePainter implements vscode.Disposable {
  readonly #session: WhySession;
  readonly #t: Translate;
  readonly #types: ReadonlyMap<string, vscode.TextEditorDecorationType>;
  readonly #subscriptions: vscode.Disposable;
  #isPainted = false;

  constructor(session: WhySession, t: Translate) {
    this.#session = session;
    this.#t = t;
    this.#types = new Map(
      (['supports', 'opposes'] as const).flatMap((direction) =>
        ([1, 2, 3] as const).map((step) => [`${direction} ${step}`, decorationType(direction, step)] as const),
      ),
    );
    this.#subscriptions = vscode.Disposable.from(
      session.subscribe(() => this.#paint()),
      vscode.window.onDidChangeVisibleTextEditors(() => this.#paint()),
      ...this.#types.values(),
    );
  }

  dispose(): void {
    this.#subscriptions.dispose();
  }

  #paint(): void {
    const { isPainted, occlusion, contrastText } = this.#session.snapshot();
    const { uri } = this.#session;
    const changes = isPainted ? strongest(occlusion.changes) : [];
    const options = this.#optionsByType(changes, contrastText);
    for (const editor of vscode.window.visibleTextEditors) {
      const isSubject = editor.document.uri.toString() === uri;
      for (const [key, type] of this.#types) editor.setDecorations(type, isSubject ? (options.get(key) ?? []) : []);
    }
    this.#tellPainted(changes.length > 0);
  }

  #optionsByType(changes: readonly WhyChange[], contrastText: string): Map<string, vscode.DecorationOptions[]> {
    const options = new Map<string, vscode.DecorationOptions[]>();
    for (const { change, lines } of changes) {
      if (lines === undefined) continue;
      const key = `${change < 0 ? 'supports' : 'opposes'} ${occlusionStep(change)}`;
      const before = options.get(key) ?? [];
      options.set(key, before);
      before.push({
        range: new vscode.Range(lines.start, 0, lines.start, Number.MAX_SAFE_INTEGER),
        hoverMessage: changeSentence(change, contrastText, this.#t),
        renderOptions: { after: { contentText: changeFigure(change) } },
      });
      // Further lines of the same unit (blank ones, or a group) have the background without the figure.
      for (let line = lines.start + 1; line < lines.end; line++)
        before.push({ range: new vscode.Range(line, 0, line, 0) });
    }
    return options;
  }

  #tellPainted(isPainted: boolean): void {
    if (isPainted === this.#isPainted) return;
    this.#isPainted = isPainted;
    void vscode.commands.executeCommand('setContext', paintedContext, isPainted);
  }
}

function strongest(changes: readonly WhyChange[]): readonly WhyChange[] {
  return changes
    .filter(({ change, lines }) => lines !== undefined && occlusionStep(change) > 0)
    .toSorted((left, right) => Math.abs(right.change) - Math.abs(left.change))
    .slice(0, mostLines);
}

/** One look for all lines that change as much in the same direction. */
function decorationType(direction: Direction, step: 1 | 2 | 3): vscode.TextEditorDecorationType {
  const colour = new vscode.ThemeColor(`glassbox.why.${direction}`);
  return vscode.window.createTextEditorDecorationType({
    isWholeLine: true,
    backgroundColor: new vscode.ThemeColor(`glassbox.why.${direction}Background${step}`),
    borderColor: colour,
    borderStyle: direction === 'supports' ? 'solid' : 'dotted',
    borderWidth: `0 0 0 ${step * 2}px`,
    overviewRulerColor: colour,
    overviewRulerLane: direction === 'supports' ? vscode.OverviewRulerLane.Left : vscode.OverviewRulerLane.Right,
    after: { color: colour, margin: '0 0 0 3ch', fontStyle: 'normal' },
    rangeBehavior: vscode.DecorationRangeBehavior.ClosedClosed,
  });
}
