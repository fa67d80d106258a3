import type { ModelCard } from './modelCard.js';
import type { ModelDescriptor, ModelProblem, ModelSource } from './modelDescriptor.js';

/** Where a descriptor's folder is and how its card hashes. */
export interface ModelOrigin {
  /** Absolute folder. */
  readonly folder: string;
  /** Last segment of the folder: the name of a model whose card cannot be read. */
  readonly folderName: string;
  readonly source: ModelSource;
  /** SHA-256 (hex) of the card file; empty when it could not be read. */
  readonly cardHash: string;
}

/** The descriptor of a model with a valid card. */
export function describeModel(card: ModelCard, origin: ModelOrigin): ModelDescriptor {
  return {
    id: card.id,
    name: card.name,
    version: card.version,
    folder: origin.folder,
    source: origin.source,
    roles: card.roles,
    contextLength: card.contextLength,
    graphs: onnxFiles(card),
    fillsInTheMiddle: fillsInTheMiddle(card),
    license: card.license,
    sizeBytes: card.files.reduce((sum, file) => sum + file.sizeBytes, 0),
    cardHash: origin.cardHash,
    problem: undefined,
  };
}

/** The ONNX files that a card lists: several where a folder holds several precisions of a model. The default one first. */
export function onnxFiles({ files, onnx }: Pick<ModelCard, 'files' | 'onnx'>): readonly string[] {
  const listed = files.map(({ path }) => path).filter((path) => path.endsWith('.onnx') && path !== onnx.default);
  return [onnx.default, ...listed];
}

function fillsInTheMiddle(card: ModelCard): boolean {
  if (card.architecture === 'encoder') return false;
  const { fimPrefix, fimSuffix, fimMiddle } = card.specialTokens;
  return fimPrefix !== undefined && fimSuffix !== undefined && fimMiddle !== undefined;
}

/** The descriptor of a folder that cannot be used. */
export function describeBrokenModel(problem: ModelProblem, origin: ModelOrigin): ModelDescriptor {
  return {
    id: origin.folderName,
    name: origin.folderName,
    version: '',
    folder: origin.folder,
    source: origin.source,
    roles: [],
    contextLength: 0,
    license: '',
    sizeBytes: 0,
    cardHash: origin.cardHash,
    problem,
  };
}
