/** Cuts a text to at most this many characters as people count them (grapheme clusters), with an ellipsis at the cut. */
export function shorten(text: string, maxCharacters: number): string {
  const characters = [...new Intl.Segmenter(undefined, { granularity: 'grapheme' }).segment(text)];
  if (characters.length <= maxCharacters) return text;
  const kept = characters.slice(0, maxCharacters - 1).map(({ segment }) => segment);
  return `${kept.join('')}…`;
}
