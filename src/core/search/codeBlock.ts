import type { CodeLine } from './codeLines.js';
import type { BlockKind } from './definitions.js';

/** A stretch of a file that is found as a whole. Lines count from 0. */
export interface CodeBlock {
  readonly kind: BlockKind;
  /** What is defined; of statements, nothing. */
  readonly name: string;
  /** Line that says what is defined, without blanks around; of statements, their first. Cut when it is long. */
  readonly signature: string;
  /** Where {@link signature} stands; in front of `start` for the later parts of a long block. */
  readonly headerLine: number;
  /** First line, comments above it included. */
  readonly start: number;
  /** Line after the last. */
  readonly end: number;
}

/** A block with what is embedded of it. */
export interface CutBlock extends CodeBlock {
  readonly text: string;
}

/** Definition with its place, before it is made into blocks. */
export interface PlacedDefinition {
  readonly kind: BlockKind;
  readonly name: string;
  readonly lead: number;
  readonly header: number;
  readonly end: number;
  /** The definitions right inside of it. */
  readonly members: PlacedDefinition[];
}

const mostSignatureLength = 160;

/** The part of a line that is shown as the signature of a block. */
export function signatureOf({ text }: CodeLine): string {
  return text.trim().slice(0, mostSignatureLength).toWellFormed();
}
