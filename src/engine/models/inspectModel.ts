import path from 'node:path';
import { GlassboxError } from '../../core/errors.js';
import { cardFileName, tokenizerFileName, type ModelCard } from '../../core/model/modelCard.js';
import { onnxFiles } from '../../core/model/describeModel.js';
import type { ModelDescriptor, ModelSource, ModelVerification } from '../../core/model/modelDescriptor.js';
import { isPlainModelPath } from '../../core/model/modelFilePath.js';
import type { TextTokenizer } from '../../core/tokenizer/textTokenizer.js';
import { readEncoderSignature, type EncoderSignature } from '../onnx/encoderSignature.js';
import { readDecoderSignature, type DecoderSignature } from '../onnx/decoderSignature.js';
import { readOnnxGraph, type OnnxGraph } from '../onnx/onnxGraph.js';
import { CheckList } from './checkList.js';
import { checkModelFile, unlistedFiles } from './modelFile.js';
import { readModelFolder } from './modelFolder.js';
import {
  createEncoderTokenizer,
  createModelTokenizer,
  type EncoderTokenizer,
  type ModelTokenizer,
  type TokenizerContents,
} from './modelTokenizer.js';

const tokenizerConfigName = 'tokenizer_config.json';

/** A model of which every file was checked; nothing of it has been given to ONNX Runtime yet. */
interface CheckedContents {
  readonly descriptor: ModelDescriptor;
  /** The very bytes that were hashed. */
  readonly onnxBytes: Uint8Array;
  readonly graph: OnnxGraph;
  /** Absolute folder of the files with external tensor data; undefined when all weights are in the ONNX file. */
  readonly externalDataFolder: string | undefined;
}

/** A model that writes. */
export interface CheckedDecoder extends CheckedContents, ModelTokenizer {
  readonly architecture: 'decoder';
  readonly signature: DecoderSignature;
}

/** A model that turns texts into vectors. */
export interface CheckedEncoder extends CheckedContents, EncoderTokenizer {
  readonly architecture: 'encoder';
  readonly signature: EncoderSignature;
}

/** Either. */
export type CheckedModel = CheckedDecoder | CheckedEncoder;

/** The outcome of checking a model folder. */
export interface ModelInspection {
  readonly verification: ModelVerification;
  /** The checked model, or the first thing that is wrong. */
  readonly outcome: { readonly model: CheckedModel } | { readonly failure: GlassboxError };
}

/**
 * Checks a model folder: card, size and SHA-256 of every file that the card names, tokenizer, external data and graph
 * signature. What is wrong is a value. ONNX Runtime takes no part: it neither notices flipped bits nor is it safe
 * with files that nobody has looked at.
 *
 * @param graph the ONNX file to use instead of the card's default one; the card must list it.
 * @throws GlassboxError `cancelled`.
 */
export async function inspectModel(
  folder: string,
  source: ModelSource,
  signal: AbortSignal,
  graph?: string,
): Promise<ModelInspection> {
  const found = await readModelFolder(folder, source);
  const { descriptor } = found;
  const list = new CheckList();
  const model = await list.run('card', () => {
    if (found.kind === 'broken') throw found.error;
    return { detail: `${found.card.id} ${found.card.version}`, card: withGraph(found.card, graph) };
  });
  const checked = model === undefined ? undefined : await checkContents(descriptor, model.card, list, signal);
  const failure = list.failure;
  return {
    verification: { descriptor, checks: list.checks, ok: failure === undefined },
    outcome: checked !== undefined && failure === undefined ? { model: checked } : { failure: failure! },
  };
}

/** The card with another graph as its default. */
function withGraph(card: ModelCard, graph: string | undefined): ModelCard {
  if (graph === undefined) return card;
  const graphs = onnxFiles(card);
  if (!graphs.includes(graph)) {
    throw new GlassboxError('model-file-missing', `${cardFileName} lists no ONNX file "${graph}".`, {
      action: `It lists ${graphs.join(', ')}.`,
    });
  }
  return { ...card, onnx: { ...card.onnx, default: graph } };
}

async function checkContents(
  descriptor: ModelDescriptor,
  card: ModelCard,
  list: CheckList,
  signal: AbortSignal,
): Promise<CheckedModel | undefined> {
  const contents = await checkFiles(descriptor.folder, card, list, signal);
  if (list.failure !== undefined) return undefined;
  const unlisted = await unlistedFiles(descriptor.folder, card, cardFileName);
  list.pass('other files', describeUnlisted(unlisted));
  const onnxBytes = contents.get(card.onnx.default)!;
  const read = await list.run('graph', () => {
    const onnx = readOnnxGraph(onnxBytes);
    return { onnx, detail: `operator set ${onnx.opset}, ${onnx.operators.size} kinds of operators` };
  });
  const tokenizerContents: TokenizerContents = {
    tokenizerJson: contents.get(tokenizerFileName)!,
    configJson: contents.get(tokenizerConfigName),
    source: descriptor.source,
  };
  const parts = await checkParts(card, tokenizerContents, read?.onnx, list);
  if (read === undefined) return undefined;
  const external = await list.run('external data', () => checkExternalData(read.onnx, card, descriptor.folder));
  if (parts === undefined || external === undefined) return undefined;
  return { ...parts, descriptor, onnxBytes, graph: read.onnx, externalDataFolder: external.folder };
}

type CheckedParts = Omit<CheckedDecoder, keyof CheckedContents> | Omit<CheckedEncoder, keyof CheckedContents>;

/** What differs between the architectures: tokenizer and signature. */
async function checkParts(
  card: ModelCard,
  contents: TokenizerContents,
  graph: OnnxGraph | undefined,
  list: CheckList,
): Promise<CheckedParts | undefined> {
  const detail = ({ tokenizer }: { readonly tokenizer: TextTokenizer }): string =>
    `byte-level BPE, ${tokenizer.table.size} tokens`;
  if (card.architecture === 'encoder') {
    const made = await list.run('tokenizer', () => {
      const opened = createEncoderTokenizer(card, contents);
      return { opened, detail: detail(opened) };
    });
    if (graph === undefined) return undefined;
    const found = await list.run('signature', () => {
      const signature = readEncoderSignature(graph);
      return { signature, detail: `embeddings of ${signature.dimensions} numbers, from "${signature.output.name}"` };
    });
    if (made === undefined || found === undefined) return undefined;
    return { architecture: card.architecture, ...made.opened, signature: found.signature };
  }
  const made = await list.run('tokenizer', () => {
    const opened = createModelTokenizer(card, contents);
    return { opened, detail: detail(opened) };
  });
  if (graph === undefined) return undefined;
  const found = await list.run('signature', () => checkSignature(graph, made?.opened.tokenizer.table.size));
  if (made === undefined || found === undefined) return undefined;
  return { architecture: card.architecture, ...made.opened, signature: found.decoder };
}

function describeUnlisted(files: readonly string[]): string {
  if (files.length === 0) return 'none';
  const shown = files.slice(0, 5).join(', ');
  return `${files.length} not named in the card and never read: ${shown}${files.length > 5 ? ', ...' : ''}`;
}

/** Hashes every file of the card; returns the contents of those that are used from memory. */
async function checkFiles(
  folder: string,
  card: ModelCard,
  list: CheckList,
  signal: AbortSignal,
): Promise<Map<string, Uint8Array>> {
  const kept = new Set([tokenizerFileName, tokenizerConfigName, card.onnx.default]);
  const contents = new Map<string, Uint8Array>();
  for (const file of card.files) {
    const isKept = kept.has(file.path);
    const result = await list.run(`file ${file.path}`, async () => {
      const bytes = await checkModelFile(folder, file, isKept, signal);
      return { bytes, detail: `${file.sizeBytes} bytes, SHA-256 ${file.sha256}` };
    });
    if (result?.bytes !== undefined) contents.set(file.path, result.bytes);
  }
  return contents;
}

/** Every file that the graph takes weights from must be one that the card names, beside or below the ONNX file. */
function checkExternalData(
  graph: OnnxGraph,
  card: ModelCard,
  folder: string,
): { readonly detail: string; readonly folder: string | undefined } {
  if (graph.externalLocations.size === 0) return { detail: 'none', folder: undefined };
  const onnxFolder = path.posix.dirname(card.onnx.default);
  const listed = new Set(card.files.map((file) => file.path));
  for (const location of graph.externalLocations) {
    if (isPlainModelPath(location) && listed.has(path.posix.join(onnxFolder, location))) continue;
    throw new GlassboxError(
      'model-unsupported',
      `The ONNX file takes weights from "${location}", which is not a file of the model folder that the card names.`,
      { action: `List the file in ${cardFileName} with its SHA-256, or do not use this model.` },
    );
  }
  return { detail: [...graph.externalLocations].join(', '), folder: path.join(folder, onnxFolder) };
}

function checkSignature(
  graph: OnnxGraph,
  tokenCount: number | undefined,
): { readonly detail: string; readonly decoder: DecoderSignature } {
  const decoder = readDecoderSignature(graph);
  const { layers, kvHeads, headDim, vocabularySize } = decoder;
  if (tokenCount !== undefined && vocabularySize !== undefined && vocabularySize < tokenCount) {
    throw new GlassboxError(
      'model-unsupported',
      `The ONNX file has ${vocabularySize} logits, but ${tokenizerFileName} has ${tokenCount} tokens.`,
      { action: 'Use the tokenizer that the model was trained with.' },
    );
  }
  return { decoder, detail: `${layers.length} layers, ${kvHeads} key-value heads of ${headDim}` };
}
