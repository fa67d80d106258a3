import { formatNumber, t } from '../../boot/strings.js';
import type { ReplayFrame } from './replayFrames.js';
import { symbolText } from './symbolText.js';

/** What happens at a step, in one sentence. */
export function frameText(frame: ReplayFrame, byteLevel: boolean): string {
  switch (frame.kind) {
    case 'text':
      return t('The text.');
    case 'normalization':
      return frame.before === frame.after
        ? t('Normalised by {0}; it changes nothing here.', frame.component)
        : t('Normalised by {0}.', frame.component);
    case 'preTokenization':
      return t('Cut into words by {0}: {1} of them.', frame.component, frame.words.length);
    case 'added-token':
      return t('An added token, taken as a whole: {0}, id {1}.', frame.token.name, frame.token.id);
    case 'bpe':
      return mergeText(frame, byteLevel);
    case 'wordpiece':
      return searchText(frame);
    case 'unigram':
      return latticeText(frame);
    case 'tokens':
      return t('The word is {0} tokens now.', frame.word.tokens.length);
    case 'end':
      return t('All words together: {0} tokens.', frame.trace.ids.length);
  }
}

function mergeText({ merge, mergesMade, steps }: ReplayFrame & { kind: 'bpe' }, byteLevel: boolean): string {
  if (merge !== undefined) {
    const [left, right] = [symbolText(merge.left, byteLevel), symbolText(merge.right, byteLevel)];
    return t(
      'Merge {0} of {1}: “{2}” and “{3}”, rank {4}.',
      mergesMade,
      steps.merges.length,
      left,
      right,
      formatNumber(merge.rank),
    );
  }
  if (steps.isTakenWhole)
    return t('The whole word is in the vocabulary and is taken as it is; merging would make it like this.');
  return t('The word begins as {0} symbols. The pair with the lowest rank is merged first.', steps.symbols.length);
}

function searchText({ steps, search, tries }: ReplayFrame & { kind: 'wordpiece' }): string {
  const { tries: all, isFound } = steps.searches[search]!;
  const piece = all[tries - 1]?.piece ?? '';
  if (isFound && tries === all.length) return t('“{0}” is in the vocabulary: the longest piece that fits.', piece);
  if (tries < all.length) return t('“{0}” is not in the vocabulary; a shorter one is tried.', piece);
  return t('Nothing fits, so the whole word becomes the unknown token.');
}

function latticeText({ steps, reached, walkedBack }: ReplayFrame & { kind: 'unigram' }): string {
  if (walkedBack > 0) {
    const edge = steps.edges[steps.bestPath[steps.bestPath.length - walkedBack]!];
    return t('Walking back along the best path: “{0}”.', edge?.name ?? '');
  }
  if (reached === 0) return t('All pieces of the vocabulary that the word can be made of.');
  return t(
    'The best way to the end of character {0} has the log-probability {1}.',
    reached,
    formatNumber(steps.bestScores[reached]!, 2),
  );
}
