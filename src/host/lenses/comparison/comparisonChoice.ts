import * as v from 'valibot';
import * as vscode from 'vscode';
import type { ComparisonMeasure } from '../../../core/lenses/comparedText.js';
import type { AnalysisTarget } from '../../../protocol/modelTarget.js';

const key = 'glassbox.lenses.comparison';

/** A model, or one of several ONNX files of it, with its name for people. */
export interface ComparedModel extends AnalysisTarget {
  readonly name: string;
}

/** What is compared, and which figure is painted. */
export interface Comparison {
  readonly own: ComparedModel;
  readonly other: ComparedModel;
  readonly measure: ComparisonMeasure;
}

const model = v.object({ folder: v.string(), graph: v.exactOptional(v.string()), name: v.string() });
const stored: v.GenericSchema<unknown, Comparison> = v.object({
  own: model,
  other: model,
  measure: v.picklist(['difference', 'divergence']),
});

/** Which two models the comparison paints. The workspace remembers it. */
export class ComparisonChoice implements vscode.Disposable {
  private readonly changed = new vscode.EventEmitter<void>();

  /** Fires after something else is to be compared. */
  readonly onDidChange = this.changed.event;

  constructor(private readonly memento: vscode.Memento) {}

  /** Undefined until the user chose two models. */
  get current(): Comparison | undefined {
    const read = v.safeParse(stored, this.memento.get<unknown>(key));
    return read.success ? read.output : undefined;
  }

  /** Compares these from now on. */
  async choose(comparison: Comparison): Promise<void> {
    await this.memento.update(key, comparison);
    this.changed.fire();
  }

  dispose(): void {
    this.changed.dispose();
  }
}
