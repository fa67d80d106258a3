import { byteAlphabet } from './byteAlphabet.js';
import { mergesOf } from './fileBpeRules.js';
import { mergePairs } from './pairMerger.js';
import { PairTable } from './pairTable.js';
import { isScoreList, tokenIds, tokenizerKind, vocabularyEntries, type TokenizerFile } from './tokenizerFile.js';
import type { TokenizerLibrary, TokenizerLibraryFactory } from './tokenizerLibrary.js';

/** A byte-level tokenizer whose words are stretches of the text as it is, so that no place is lost on the way. */
export interface ByteLevelWords {
  /** The words of a text, in order; text between them has no token. */
  split(text: string): readonly string[];
  /** Token ids of a word in the alphabet of bytes; together they are its bytes. */
  idsOf(word: string): readonly number[];
  /** How many bytes a token has. */
  byteLengthOf(id: number): number;
}

type PreTokenizer = NonNullable<TokenizerLibrary['pre_tokenizer']>;
type Component = NonNullable<TokenizerFile['pre_tokenizer']>;

/** Pre-tokenizers that only cut. */
const cuttingTypes: ReadonlySet<string> = new Set(['Split', 'Digits', 'Punctuation', 'Whitespace', 'WhitespaceSplit']);

/**
 * The words of a byte-level tokenizer file, merged by our own code; undefined when the file does more than cut its
 * text and merge bytes, so that the library's own way is needed.
 *
 * @param file without its control tokens, when these are to be text
 */
export function byteLevelWordsOf(
  file: TokenizerFile,
  createLibrary: TokenizerLibraryFactory,
): ByteLevelWords | undefined {
  const components = preTokenizersOf(file.pre_tokenizer);
  const last = components.at(-1);
  if (tokenizerKind(file) !== 'byte-level' || last?.type !== 'ByteLevel' || last['add_prefix_space'] === true) {
    return undefined;
  }
  const cutting = components.slice(0, -1);
  if (!cutting.every(({ type }) => cuttingTypes.has(type))) return undefined;
  const merging = bytePairsOf(file);
  if (merging === undefined) return undefined;
  const cutters = cutting.map((component) => cutterOf(component, createLibrary));
  if (last['use_regex'] !== false) cutters.push(byteLevelCutter(last, createLibrary));
  return { split: (text) => cutAll(text, cutters), ...merging };
}

type Cutter = (text: string) => readonly string[];

function cutAll(text: string, cutters: readonly Cutter[]): readonly string[] {
  let words: readonly string[] = [text];
  for (const cut of cutters) words = words.length === 1 ? cut(words[0]!) : words.flatMap(cut);
  return words;
}

function cutterOf(component: Component, createLibrary: TokenizerLibraryFactory): Cutter {
  const cut = libraryPart(component, createLibrary);
  const byLibrary = (text: string): readonly string[] => cut(text, { section_index: 0 });
  const isRemoving = String(component['behavior']).toLowerCase() === 'removed';
  const { pattern } = cut;
  if (component.type !== 'Split' || isRemoving || !(pattern instanceof RegExp)) return byLibrary;
  // The library looks at one match after the other; all at once is faster, and the same when nothing is between them.
  return (text) => {
    const words = text.match(pattern) ?? [];
    return isTiling(words, text) ? words : byLibrary(text);
  };
}

function byteLevelCutter(component: Component, createLibrary: TokenizerLibraryFactory): Cutter {
  const { pattern } = libraryPart({ ...component, use_regex: true }, createLibrary);
  return (text) => (pattern instanceof RegExp ? (text.match(pattern) ?? []) : [text]);
}

function libraryPart(component: Component, createLibrary: TokenizerLibraryFactory): PreTokenizer {
  const model = { type: 'BPE', vocab: {}, merges: [] };
  const parts = { added_tokens: [], normalizer: null, post_processor: null, decoder: null };
  return createLibrary({ ...parts, pre_tokenizer: component, model }, {}).pre_tokenizer!;
}

function isTiling(words: readonly string[], text: string): boolean {
  let length = 0;
  for (const word of words) {
    if (word === '') return false;
    length += word.length;
  }
  return length === text.length;
}

function preTokenizersOf(component: Component | null): Component[] {
  if (component === null) return [];
  const parts = component['pretokenizers'];
  if (component.type !== 'Sequence' || !Array.isArray(parts)) return [component];
  return (parts as Component[]).flatMap((part) => preTokenizersOf(part));
}

/** Undefined when a byte or a merge has no token, or when symbols get marks of their own. */
function bytePairsOf(file: TokenizerFile): Pick<ByteLevelWords, 'idsOf' | 'byteLengthOf'> | undefined {
  const { model } = file;
  if (isScoreList(model.vocab) || typeof model.end_of_word_suffix === 'string') return undefined;
  if (typeof model['continuing_subword_suffix'] === 'string') return undefined;
  const ids = tokenIds(file);
  const byteIds = byteAlphabet.map((character) => ids.get(character) ?? -1);
  const entries = vocabularyEntries(model.vocab);
  if (byteIds.includes(-1) || entries.some(([name, id]) => ids.get(name) !== id)) return undefined;
  const lengths: number[] = [];
  for (const [name, id] of entries) lengths[id] = name.length;
  const merges = mergesOf(model);
  const pairs = new PairTable(merges.length);
  for (const [rank, [left, right]] of merges.entries()) {
    const [leftId, rightId, merged] = [ids.get(left), ids.get(right), ids.get(left + right)];
    if (leftId === undefined || rightId === undefined || merged === undefined) return undefined;
    // Of a merge that is listed twice the library keeps the later rank.
    pairs.set(leftId, rightId, rank, merged);
  }
  const codes = symbolCodes(byteIds);
  return {
    idsOf: (word) => {
      const whole = model.ignore_merges === true ? ids.get(word) : undefined;
      return whole === undefined ? mergeBytes(word, codes, pairs) : [whole];
    },
    byteLengthOf: (id) => lengths[id] ?? 0,
  };
}

/** Id of each character of the alphabet of bytes, by its code. */
function symbolCodes(byteIds: readonly number[]): Int32Array {
  const codes = new Int32Array(0x200).fill(-1);
  for (const [byte, character] of byteAlphabet.entries()) codes[character.charCodeAt(0)] = byteIds[byte]!;
  return codes;
}

function mergeBytes(word: string, codes: Int32Array, pairs: PairTable): number[] {
  const symbols = new Int32Array(word.length);
  for (let index = 0; index < word.length; index++) symbols[index] = codes[word.charCodeAt(index)]!;
  const count = mergePairs(symbols, pairs);
  return Array.from(symbols.subarray(0, count));
}
