import type * as vscode from 'vscode';
import { GlassboxError } from '../../../core/errors.js';
import { LruMap } from '../../../core/flow/lruMap.js';
import { ComparedText } from '../../../core/lenses/comparedText.js';
import type { ScoreTotals } from '../../../core/scores/scoreTotals.js';
import type { AnalysisTarget } from '../../../protocol/modelTarget.js';
import type { EngineClient } from '../../../protocol/engineContract.js';
import type { CompareProgress } from '../../../protocol/scoresContract.js';
import type { ModelCatalog } from '../../models/modelCatalog.js';
import type { LensView } from '../lens.js';
import { readRegion } from '../probability/regionReader.js';
import type { ComparedModel, Comparison, ComparisonChoice } from './comparisonChoice.js';

/** What two models think of a document at one version. */
export interface DocumentComparison {
  readonly version: number;
  readonly comparison: Comparison;
  readonly text: ComparedText;
  /** False when only a part around what is seen was given to the models, because the document is large. */
  readonly isWhole: boolean;
  readonly progress: CompareProgress | undefined;
  /** Of all that was scored, by each model; there when the answer is. */
  readonly totals: { readonly own: ScoreTotals; readonly other: ScoreTotals } | undefined;
}

/** Own choice: more documents than are on the screen at once. */
const rememberedDocuments = 4;

/** Asks two models about documents, and remembers the answer for as long as the document is the same. */
export class DocumentComparisons {
  private readonly comparisons = new LruMap<string, DocumentComparison>(rememberedDocuments);

  constructor(
    private readonly engine: EngineClient,
    private readonly catalog: ModelCatalog,
    private readonly choice: ComparisonChoice,
  ) {}

  /** What is known of the document as it is now. */
  known(document: vscode.TextDocument): DocumentComparison | undefined {
    const known = this.comparisons.get(document.uri.toString());
    return known?.version === document.version ? known : undefined;
  }

  /**
   * Compares what is seen of a document, and the rest of one that is not large.
   *
   * @param onChange called when more is known, and at the end
   * @throws GlassboxError `cancelled`; `model-not-found` when one of the two is gone; why the engine cannot answer
   */
  async read(view: LensView, onChange: (known: DocumentComparison) => void, signal: AbortSignal): Promise<void> {
    const { document } = view;
    const uri = document.uri.toString();
    const comparison = await this.usable();
    const known = this.known(document);
    if (known?.totals !== undefined && known.isWhole && isSame(known.comparison, comparison)) {
      onChange(known);
      return;
    }
    const region = readRegion(view);
    const text = new ComparedText(region.text, region.start);
    let state: DocumentComparison = {
      version: document.version,
      comparison,
      text,
      isWhole: region.isWhole,
      progress: undefined,
      totals: undefined,
    };
    const tell = (news: Partial<DocumentComparison>): void => {
      state = { ...state, ...news };
      this.comparisons.set(uri, state);
      onChange(state);
    };
    const { own, other } = comparison;
    const answer = await this.engine.call(
      'scores/compare',
      {
        ...targetOf(own),
        other: targetOf(other),
        text: region.text,
        topCount: 0,
        priority: region.priority,
        extent: region.isWhole ? 'text' : 'priority',
      },
      { signal, onProgress: (progress) => tell({ progress }) },
    );
    text.complete(answer.spans);
    tell({ totals: { own: answer.own.totals, other: answer.other.totals } });
  }

  /** Forgets a document. */
  forget(document: vscode.TextDocument): void {
    this.comparisons.delete(document.uri.toString());
  }

  /** The two models, as long as both are there: the list of them changes with settings and trust. */
  private async usable(): Promise<Comparison> {
    await this.catalog.ready();
    const comparison = this.choice.current;
    const isThere = ({ folder }: ComparedModel): boolean =>
      this.catalog.known.some((model) => model.folder === folder && model.problem === undefined);
    if (comparison === undefined || !isThere(comparison.own) || !isThere(comparison.other)) {
      throw new GlassboxError('model-not-found', 'One of the models to compare was not found.');
    }
    return comparison;
  }
}

function targetOf({ folder, graph }: ComparedModel): AnalysisTarget {
  return graph === undefined ? { folder } : { folder, graph };
}

function isSame(a: Comparison, b: Comparison): boolean {
  const keyOf = ({ own, other }: Comparison): string => JSON.stringify([targetOf(own), targetOf(other)]);
  return keyOf(a) === keyOf(b);
}
