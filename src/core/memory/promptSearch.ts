import type { PromptParts } from '../prompt/promptParts.js';
import type { EncodeText } from '../prompt/segmentedEncoder.js';
import type { TokenTable } from '../tokenizer/tokenTable.js';
import { lineLengthOf } from './lineAgreement.js';
import { lineAgreements, type Agreements, type MemorySource, type TextSource } from './memoryEvidence.js';
import type { RememberedPlace } from './rememberedToken.js';
import type { TokenLineBreaks } from './tokenLineBreaks.js';
import { TokenMemory, type AcceptContinuation, type MatchOptions, type MemoryMatch } from './tokenMemory.js';
import { textStart } from './tokenTexts.js';

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
export interface ContinuedPrompt {
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

/** What was found, by source. */
export type PromptMatches = Agreements<MemorySource> & Readonly<Record<TextSource, readonly MemoryMatch[]>>;

/** Looks for what is written like the text around one cursor: on both sides of it in its file, and in the workspace without that file. */
export class PromptSearch {
  readonly #input: ContinuedPrompt;
  readonly #file: TokenMemory;
  readonly #history: readonly number[];
  readonly #folder: string;
  /** What follows the cursor's line, its line break first; undefined where one line is not wanted, or goes on. */
  readonly #ahead: readonly number[] | undefined;
  /** The line's end stands right behind the cursor. */
  readonly #endsLine: boolean;

  constructor(input: ContinuedPrompt) {
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

  /** What goes on like the prompt and what was written after it, as every source sees it. */
  find({ generated, text, forcedBytes }: Omit<WrittenSoFar, 'allowed'>): PromptMatches {
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
    const lineLength = lineLengthOf(history, (token) => lineBreaks.begins[token] === 1);
    return {
      file,
      workspace: others,
      folder: others.filter(({ key }) => this.#isInFolder(key)),
      ...lineAgreements({ file, workspace: others }, lineLength),
    };
  }

  /** Whether one line is wanted and may end here. */
  mayEnd(text: string): boolean {
    const { lineEndToken, prompt } = this.#input;
    return lineEndToken !== undefined && this.#endsLine && /\S/u.test(prompt.currentLine + text);
  }

  /** File and line of a match. */
  placeOf(
    source: RememberedPlace['source'],
    { key, index }: MemoryMatch,
  ): Pick<RememberedPlace, 'source' | 'path' | 'line'> {
    const { prompt, workspace, lineBreaks } = this.#input;
    if (source === 'workspace')
      return { source, path: key, line: workspace?.sumOver(key, index, lineBreaks.counts) ?? 0 };
    const start = prompt.prefixStartLine + (key === after ? countLines(prompt.prefix) : 0);
    return { source, path: prompt.path, line: start + this.#file.sumOver(key, index, lineBreaks.counts) };
  }

  /** Where one line is wanted, a line break ends it: as the model says it, or not at all. */
  #atLineEnds(matches: readonly MemoryMatch[], text: string): readonly MemoryMatch[] {
    const { lineEndToken, lineBreaks } = this.#input;
    if (lineEndToken === undefined || matches.every(({ token }) => lineBreaks.begins[token] !== 1)) return matches;
    const mayEnd = this.mayEnd(text);
    return matches.flatMap((match) => {
      if (lineBreaks.begins[match.token] !== 1) return [match];
      return mayEnd ? [{ ...match, token: lineEndToken }] : [];
    });
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
}

function folderOf(path: string): string {
  return path.slice(0, path.lastIndexOf('/') + 1);
}

function countLines(text: string): number {
  return text.split('\n').length - 1;
}
