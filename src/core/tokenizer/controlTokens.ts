import { isScoreList, type AddedToken, type TokenizerFile, type Vocabulary } from './tokenizerFile.js';

/**
 * True for added tokens that steer the model and never stand for text: those marked `special`, and those written like
 * a marker, for instance `<|fim_middle|>` or `[MASK]` (Qwen2.5-Coder's fill-in-the-middle tokens are not marked
 * `special`). Other added tokens, such as runs of spaces, are ordinary text.
 */
export function isControlToken(token: Pick<AddedToken, 'content' | 'special'>): boolean {
  return token.special || /^(?:<.+>|\[.+\])$/su.test(token.content);
}

/** Ids of the control tokens, and of the unknown token. */
export function controlTokenIds(file: TokenizerFile): ReadonlySet<number> {
  const ids = new Set(file.added_tokens.filter(isControlToken).map((token) => token.id));
  const { vocab, unk_token: unknownToken, unk_id: unknownId } = file.model;
  if (typeof unknownId === 'number') ids.add(unknownId);
  if (typeof unknownToken === 'string' && !isScoreList(vocab) && Object.hasOwn(vocab, unknownToken)) {
    ids.add(vocab[unknownToken]!);
  }
  return ids;
}

/**
 * The same tokenizer without a way to write a control token in text: a file that contains `<|endoftext|>` then encodes
 * as ordinary characters. Control tokens leave `added_tokens`, and their vocabulary entries get a lone surrogate in
 * front, which no well-formed text contains; ids do not move. The unknown token keeps its name where models find it
 * by name. BPE needs no new names, unless it looks words up before merging: no merge makes a control token.
 */
export function withoutControlTokens(file: TokenizerFile): TokenizerFile {
  const control = new Set(file.added_tokens.filter(isControlToken).map((token) => token.content));
  const isFoundByMergesOnly = file.model.type === 'BPE' && file.model.ignore_merges !== true;
  return {
    ...file,
    added_tokens: file.added_tokens.filter((token) => !control.has(token.content)),
    model: isFoundByMergesOnly ? file.model : { ...file.model, vocab: renameTokens(file.model, control) },
  };
}

const unwritable = '\udfff';

/** The name of a vocabulary entry as the tokenizer file writes it, whether or not {@link withoutControlTokens} changed it. */
export function writtenName(name: string): string {
  return name.startsWith(unwritable) ? name.slice(unwritable.length) : name;
}

function renameTokens(
  { vocab: vocabulary, unk_token: unknownToken }: TokenizerFile['model'],
  control: ReadonlySet<string>,
): Vocabulary {
  const rename = (token: string): string => (control.has(token) && token !== unknownToken ? unwritable + token : token);
  if (isScoreList(vocabulary)) return vocabulary.map(([token, score]): [string, number] => [rename(token), score]);
  if (![...control].some((token) => Object.hasOwn(vocabulary, token))) return vocabulary;
  return Object.fromEntries(Object.entries(vocabulary).map(([token, id]) => [rename(token), id]));
}
