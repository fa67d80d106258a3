import type { GlassboxErrorCode } from '../errors.js';

/** Where a model folder came from: shipped with Glassbox, or named by the user. */
export type ModelSource = 'bundled' | 'folder';

/** A folder to look for models in: either a model folder itself or a folder of model folders. */
export interface ModelRoot {
  readonly path: string;
  readonly source: ModelSource;
}

/** What is wrong with a model folder, and what to do. */
export interface ModelProblem {
  readonly code: GlassboxErrorCode;
  readonly message: string;
  readonly action: string | undefined;
}

/** One model folder as found on disk; the files have not been hashed yet. */
export interface ModelDescriptor {
  /** From the card; the folder name when the card is unreadable. */
  readonly id: string;
  readonly name: string;
  readonly version: string;
  /** Absolute folder. */
  readonly folder: string;
  readonly source: ModelSource;
  /** What it can be used for: `completion`, `embedding`. */
  readonly roles: readonly string[];
  readonly contextLength: number;
  /** Whether the card names the tokens for fill-in-the-middle; absent when the card is unreadable. */
  readonly fillsInTheMiddle?: boolean;
  /** ONNX files that the card lists, the default one first; absent when the card is unreadable. */
  readonly graphs?: readonly string[];
  readonly license: string;
  /** Sum of the files named by the card. */
  readonly sizeBytes: number;
  /** SHA-256 (hex) of the card file: changes when any file's hash changes; part of every cache key. */
  readonly cardHash: string;
  readonly problem: ModelProblem | undefined;
}

/** Result of checking every file of one model. */
export interface ModelVerification {
  readonly descriptor: ModelDescriptor;
  /** Each check that was made, in order, and whether it held. */
  readonly checks: readonly { readonly name: string; readonly ok: boolean; readonly detail: string }[];
  readonly ok: boolean;
}
