import type { AnalysisTarget } from './modelTarget.js';

/** Texts to be embedded by an encoder. */
export interface EmbedParams extends AnalysisTarget {
  readonly texts: readonly string[];
}

/** Texts that are done, of those that have to be. */
export interface EmbedProgress {
  readonly completed: number;
  readonly total: number;
}

/** One vector for each text, in the order of the texts. */
export interface Embeddings {
  /** [texts, dimensions], row-major; each vector has length 1, so that a dot product is a cosine. */
  readonly vectors: Float32Array;
  readonly dimensions: number;
  /** [texts]: tokens of each, those at its ends included; the model has read at most `contextLength` of them. */
  readonly tokenCounts: Uint32Array;
  /** Tokens that the model reads of a text. */
  readonly contextLength: number;
}

/** Vectors of texts. */
export interface EmbeddingsContract {
  /**
   * Embeds texts. A vector depends on its text alone, not on the others of the request.
   *
   * @throws GlassboxError `model-unsupported` when the model is no encoder.
   */
  'embeddings/embed': { params: EmbedParams; result: Embeddings; progress: EmbedProgress };
}
