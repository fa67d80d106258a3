/** Names a model by its folder; the engine loads it on first use. */
export interface ModelTarget {
  readonly folder: string;
}

/** Names what is to be looked at: a model, or one of several ONNX files of its folder. */
export interface AnalysisTarget extends ModelTarget {
  /** An ONNX file that the model's card lists, for instance `onnx/model.onnx`; the card's default one when left out. */
  readonly graph?: string;
}
