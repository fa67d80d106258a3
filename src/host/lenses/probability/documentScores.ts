import type * as vscode from 'vscode';
import type { Clock } from '../../../core/clock.js';
import { throwIfAborted } from '../../../core/errors.js';
import { LruMap } from '../../../core/flow/lruMap.js';
import { ScoredText } from '../../../core/lenses/scoredText.js';
import type { ModelDescriptor } from '../../../core/model/modelDescriptor.js';
import type { TextRange } from '../../../core/scores/scoreTotals.js';
import type { EngineClient } from '../../../protocol/engineContract.js';
import type { TextScores } from '../../../protocol/scoresContract.js';
import type { LensView } from '../lens.js';
import type { LensModel } from './lensModel.js';
import { readRegion } from './regionReader.js';

/** What a model thinks of a document at one version, as far as that is known. */
export interface DocumentScore {
  readonly version: number;
  readonly model: ModelDescriptor;
  readonly text: ScoredText;
  /** False when only a part around what is seen was given to the model, because the document is large. */
  readonly isWhole: boolean;
  /** There when all that was asked for is. */
  readonly result: Pick<TextScores, 'totals' | 'windows' | 'windowLength'> | undefined;
}

/** Likeliest tokens listed in the hover; own choice. */
const topCount = 6;

/** Pieces that come faster than this are painted together. */
const paintMs = 80;

/** Own choice: more documents than are on the screen at once. */
const rememberedDocuments = 4;

/** Asks a model about documents, and remembers the answer for as long as the document is the same. */
export class DocumentScores {
  private readonly scores = new LruMap<string, DocumentScore>(rememberedDocuments);

  constructor(
    private readonly engine: EngineClient,
    private readonly models: LensModel,
    private readonly clock: Clock,
  ) {}

  /** What is known of the document as it is now. */
  known(document: vscode.TextDocument): DocumentScore | undefined {
    const known = this.scores.get(document.uri.toString());
    return known?.version === document.version ? known : undefined;
  }

  /**
   * Scores what is seen, then the rest.
   *
   * @param onPiece called when more is known, and at the end
   * @throws GlassboxError `cancelled`, and why the engine cannot answer
   */
  async read(view: LensView, onPiece: (score: DocumentScore) => void, signal: AbortSignal): Promise<void> {
    const { document } = view;
    const model = await this.models.current();
    throwIfAborted(signal);
    const known = this.known(document);
    if (known?.result !== undefined && known.isWhole && known.model.folder === model.folder) {
      onPiece(known);
      return;
    }
    const region = readRegion(view);
    const text = new ScoredText(region.text, region.start);
    const asked: DocumentScore = { version: document.version, model, text, isWhole: region.isWhole, result: undefined };
    this.scores.set(document.uri.toString(), asked);
    const result = await this.ask(asked, region.priority, onPiece, signal);
    text.complete(result.tokens);
    const { totals, windows, windowLength } = result;
    const complete = { ...asked, result: { totals, windows, windowLength } };
    if (this.scores.get(document.uri.toString()) === asked) this.scores.set(document.uri.toString(), complete);
    onPiece(complete);
  }

  /** Forgets a document. */
  forget(document: vscode.TextDocument): void {
    this.scores.delete(document.uri.toString());
  }

  private ask(
    asked: DocumentScore,
    priority: TextRange,
    onPiece: (score: DocumentScore) => void,
    signal: AbortSignal,
  ): Promise<TextScores> {
    const { model, text, isWhole } = asked;
    let paintedMs = -Infinity;
    return this.engine.call(
      'scores/score',
      { folder: model.folder, text: text.text, topCount, priority, extent: isWhole ? 'text' : 'priority' },
      {
        signal,
        onProgress: (piece) => {
          text.add(piece);
          if (this.clock.now() - paintedMs < paintMs) return;
          paintedMs = this.clock.now();
          onPiece(asked);
        },
      },
    );
  }
}
