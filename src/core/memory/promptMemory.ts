import type { PromptParts } from '../prompt/promptParts.js';
import type { EncodeText } from '../prompt/segmentedEncoder.js';
import type { TokenTable } from '../tokenizer/tokenTable.js';
import { lineLengthOf, textStart } from './lineAgreement.js';
import {
  evidenceOf,
  fewestAhead,
  lineAgreements,
  type Agreements,
  type MemorySource,
  type TextSource,
} from './memoryEvidence.js';
import { Mixture } from './mixture.js';
import { mixingWeights } from './mixingWeights.js';
import type { RememberedPlace, RememberedToken } from './rememberedToken.js';
import type { TokenLineBreaks } from './tokenLineBreaks.js';
import { TokenMemory, type AcceptContinuation, type MatchOptions, type MemoryMatch } from './tokenMemory.js';

/** Tokens of the history, and behind the line, that matter. */
const historyLength = 32;
const aheadLength = 12;
/** Chains of a file are short. */
const fileSlotBits = 12;

const lineFeed = 0x0a;
const noBytes = new Uint8Array(0);
/** Keys of the file's own texts. */
const before = 'before';
const after = 'after';

/** A prompt as it is sent, and what it is continued with. */
export interface PromptMemoryInput {
  readonly prompt: Pick<PromptParts, 'path' | 'prefix' | 'prefixStartLine' | 'currentLine' | 'suffix'>;
  /** The text at the prompt's end that may be healed, its tokens, and how many of them healing has left. */
  readonly tailText: string;
  readonly tail: readonly number[];
  readonly keptTailCount: number;
  /** Other files; undefined when only the file itself is remembered. */
  readonly workspace: TokenMemory | undefined;
  readonly encode: EncodeText;
  readonly table: TokenTable;
  readonly lineBreaks: TokenLineBreaks;
  /** The token that ends a middle, when one line of it is wanted; undefined when the model writes on or writes several lines. */
  readonly lineEndToken: number | undefined;
  /** The token that ends what the model writes, of which memory knows nothing. */
  readonly endToken: number | undefined;
}

/** What was written after a prompt, and what must come. */
export interface WrittenSoFar {
  readonly generated: readonly number[];
  /** What `generated` writes after the cursor. */
  readonly text: string;
  /** Bytes that token healing took off the prompt and that are not written again yet. */
  readonly forcedBytes: Uint8Array;
  /** Tokens that agree with them; undefined when every token may come. */
  readonly allowed: Uint32Array | undefined;
}

/** What model and memory say of the next token. */
export interface RememberedRow {
  readonly mixture: Mixture;
  /** Everything about one token of the row. */
  describe(token: number): RememberedToken;
}

type Matches = Agreements<MemorySource> & Readonly<Record<TextSource, readonly MemoryMatch[]>>;

/** What is remembered around one cursor: the file on both sides of it, and the workspace without that file. */
export class PromptMemory {
  readonly #input: PromptMemoryInput;
  readonly #file: TokenMemory;
  readonly #history: readonly number[];
  readonly #folder: string;
  /** What follows the cursor's line, its line break first; undefined where one line is not wanted, or goes on. */
  readonly #ahead: readonly number[] | undefined;
  /** The line's end stands right behind the cursor. */
  readonly #endsLine: boolean;

  constructor(input: PromptMemoryInput) {
    this.#input = input;
    const { prompt, tailText, tail, keptTailCount, encode } = input;
    const left = prompt.prefix + prompt.currentLine;
    const stable = encode(left.slice(0, left.length - tailText.length));
    this.#file = new TokenMemory(input.lineBreaks.alike, fileSlotBits);
    // A word that may be unfinished would be found where it stands, ending as it does.
    const line = tail.slice(0, keptTailCount);
    const isWhole = prompt.prefixStartLine === 0;
    const suffix = encode(prompt.suffix);
    this.#file.set(before, [...stable, ...line], isWhole);
    this.#file.set(after, suffix, false);
    this.#history = [...(isWhole ? [textStart, textStart] : []), ...stable.slice(-historyLength), ...line];
    this.#folder = folderOf(prompt.path);
    const isLine = input.lineEndToken !== undefined && prompt.suffix.startsWith('\n');
    this.#ahead = isLine ? suffix.slice(0, aheadLength) : undefined;
    this.#endsLine = prompt.suffix === '' || prompt.suffix.startsWith('\n');
  }

  /**
   * Mixes what memory says into a row of the model.
   *
   * @param row log-probabilities [vocabulary] of the token after the prompt and what was generated.
   */
  mix(row: Float32Array, { generated, text, forcedBytes, allowed }: WrittenSoFar): RememberedRow {
    const { endToken } = this.#input;
    const isForced = forcedBytes.length > 0;
    const matches = this.#matches(generated, text, forcedBytes);
    const kept = isForced || this.#mayEnd(text) ? undefined : endToken;
    const model = allowed === undefined ? row : amongAllowed(row, allowed);
    const mixture = new Mixture(model, evidenceOf(matches), mixingWeights, kept);
    return {
      mixture,
      describe: (token) => ({
        logProb: mixture.logProbs[token]!,
        share: mixture.shareOf(token),
        place: this.#place(matches, token),
      }),
    };
  }

  #matches(generated: readonly number[], text: string, forcedBytes: Uint8Array): Matches {
    const { workspace, prompt, lineEndToken, lineBreaks } = this.#input;
    const history = [...this.#history, ...generated].slice(-historyLength);
    const isForced = forcedBytes.length > 0;
    const accepts = isForced ? this.#continuesWith(forcedBytes) : undefined;
    // Until its line break is written again, the line that the history ends with is the one above.
    const ahead = forcedBytes.includes(lineFeed) ? undefined : this.#ahead;
    // One line does not depend on how far it is indented.
    const options: MatchOptions = { accepts, ahead, isExact: lineEndToken === undefined };
    const turn = (found: readonly MemoryMatch[]): readonly MemoryMatch[] =>
      isForced ? found : this.#atLineEnds(found, text);
    const file = turn(this.#file.matches(history, options));
    const others = turn(workspace?.matches(history, { ...options, leftOut: prompt.path }) ?? []);
    const lineLength = lineLengthOf(history, lineBreaks);
    return {
      file,
      workspace: others,
      folder: others.filter(({ key }) => this.#isInFolder(key)),
      ...lineAgreements({ file, workspace: others }, lineLength),
    };
  }

  /** Where one line is wanted, a line break ends it: as the model says it, or not at all. */
  #atLineEnds(matches: readonly MemoryMatch[], text: string): readonly MemoryMatch[] {
    const { lineEndToken, lineBreaks } = this.#input;
    if (lineEndToken === undefined || matches.every(({ token }) => lineBreaks.begins[token] !== 1)) return matches;
    const mayEnd = this.#mayEnd(text);
    return matches.flatMap((match) => {
      if (lineBreaks.begins[match.token] !== 1) return [match];
      return mayEnd ? [{ ...match, token: lineEndToken }] : [];
    });
  }

  #mayEnd(text: string): boolean {
    const { lineEndToken, prompt } = this.#input;
    return lineEndToken !== undefined && this.#endsLine && /\S/u.test(prompt.currentLine + text);
  }

  /** Accepts places that go on with the bytes, however tokens cut them there. */
  #continuesWith(bytes: Uint8Array): AcceptContinuation {
    return (tokenAt) => {
      let position = 0;
      for (let offset = 0; position < bytes.length; offset++) {
        const token = tokenAt(offset);
        const found = token < 0 ? noBytes : this.#input.table.bytesOf(token);
        if (found.length === 0) return false;
        for (let at = 0; at < found.length && position < bytes.length; at++, position++) {
          if (found[at] !== bytes[position]) return false;
        }
      }
      return true;
    };
  }

  #isInFolder(path: string): boolean {
    const folder = this.#folder;
    return path.startsWith(folder) && !path.includes('/', folder.length);
  }

  #place(matches: Matches, token: number): RememberedPlace | undefined {
    let best: { readonly source: RememberedPlace['source']; readonly match: MemoryMatch } | undefined;
    for (const source of ['file', 'workspace'] as const) {
      for (const match of matches[source]) {
        if (match.token === token && agreementOf(match) > (best === undefined ? 0 : agreementOf(best.match)))
          best = { source, match };
      }
    }
    return best && this.#describePlace(best.source, best.match);
  }

  #describePlace(source: RememberedPlace['source'], { key, index, length, ahead }: MemoryMatch): RememberedPlace {
    const { prompt, workspace, lineBreaks } = this.#input;
    const agreement = { agreement: length, agreementAhead: ahead < fewestAhead ? 0 : ahead };
    if (source === 'workspace') {
      return { source, path: key, line: workspace?.sumOver(key, index, lineBreaks.counts) ?? 0, ...agreement };
    }
    const start = prompt.prefixStartLine + (key === after ? countLines(prompt.prefix) : 0);
    return { source, path: prompt.path, line: start + this.#file.sumOver(key, index, lineBreaks.counts), ...agreement };
  }
}

function agreementOf({ length, ahead }: MemoryMatch): number {
  return length + ahead;
}

function folderOf(path: string): string {
  return path.slice(0, path.lastIndexOf('/') + 1);
}

/** The row given that one of the allowed tokens comes. */
function amongAllowed(row: Float32Array, allowed: Uint32Array): Float32Array {
  let sum = 0;
  for (const id of allowed) sum += Math.exp(row[id] ?? -Infinity);
  const given = new Float32Array(row.length).fill(-Infinity);
  for (const id of allowed) given[id] = (row[id] ?? -Infinity) - Math.log(sum);
  return given;
}

function countLines(text: string): number {
  return text.split('\n').length - 1;
}
