import {
  type ListedTokenizer,
  type TokenizerAlgorithm,
  type TokenizerSource,
  tokenizerSourceKey,
} from '../../core/tokenizer/tokenizerSource.js';
import type { Translate } from '../translate.js';

/** A tokenizer as a row of the picker. */
export interface TokenizerRow {
  readonly tokenizer: ListedTokenizer;
  readonly label: string;
  readonly description: string;
  readonly detail: string;
}

const algorithmNames: Readonly<Record<TokenizerAlgorithm, string>> = {
  bpe: 'BPE',
  wordpiece: 'WordPiece',
  unigram: 'Unigram',
};

/** The tokenizers that are not shown yet, those that cannot be used last, with what is wrong with them. */
export function tokenizerRows(
  listed: readonly ListedTokenizer[],
  shown: readonly TokenizerSource[],
  t: Translate,
): readonly TokenizerRow[] {
  const keys = new Set(shown.map(tokenizerSourceKey));
  const others = listed.filter((tokenizer) => !keys.has(tokenizerSourceKey(sourceOf(tokenizer))));
  const usableFirst = others.toSorted((a, b) => Number(a.kind === 'broken') - Number(b.kind === 'broken'));
  return usableFirst.map((tokenizer) => ({
    tokenizer,
    ...(tokenizer.kind === 'broken'
      ? { label: `$(warning) ${tokenizer.name}`, detail: t('This tokenizer cannot be used. The log says why.') }
      : {
          label: `$(symbol-string) ${tokenizer.description.name}`,
          detail: t(
            '{0}, {1} tokens',
            algorithmNames[tokenizer.description.algorithm],
            tokenizer.description.vocabularySize,
          ),
        }),
    description: place(sourceOf(tokenizer), t),
  }));
}

/** Where a listed tokenizer comes from. */
export function sourceOf(tokenizer: ListedTokenizer): TokenizerSource {
  return tokenizer.kind === 'usable' ? tokenizer.description.source : tokenizer.source;
}

function place(source: TokenizerSource, t: Translate): string {
  switch (source.kind) {
    case 'builtin':
      return t('built in');
    case 'model':
      return t('model');
    case 'file':
      return source.path;
  }
}
