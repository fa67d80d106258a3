/** Least and most words, and most UTF-16 units, of a description. */
const limits = { leastWords: 3, mostWords: 60, mostLength: 500 };
/** Share of a description's letters that are Latin or Korean. */
const leastKnownLetters = 0.9;
const notADescription =
  /^(?:todo|fixme|hack|xxx|eslint|tslint|prettier|noqa|type:|pylint|istanbul|c8 ignore|region|endregion|copyright|licen[cs]ed?\b|generated|auto-?generated|@|\{@inheritdoc|deprecated|see\b|>>>)/i;

/**
 * What a documentation comment or docstring says first: its first paragraph on one line, without the comment's signs, the
 * mark-up of Javadoc, XML documentation, reStructuredText and Markdown, and the tags behind it.
 *
 * @param raw The comment or string literal as it stands in the file; lines of a comment may be several comments.
 */
export function firstParagraph(raw: string): string {
  const summary = /<summary>([\s\S]*?)<\/summary>/.exec(raw)?.[1];
  const lines = (summary ?? raw)
    .replaceAll(/<[/]?para\s*[/]?>|<p>|<br\s*[/]?>/gi, '\n\n')
    .split('\n')
    .map((line) => line.trim().replace(/^(?:\/\*[*!]+|\/\/[/!]*|\*(?!\/))\s?/, ''))
    .map((line) => line.replace(/\*\/$/, '').trim());
  const text = lines
    .join('\n')
    .replace(/^[bru]*(?=["'])/i, '')
    .replace(/^[\s"']+|["'\s]+$/g, '');
  const paragraph = text.split(
    /\n\s*\n|\n\s*(?=[@:][a-zA-Z]+|[-*] |#|```|~~~|>>> |(?:Args|Returns?|Parameters|Raises|Examples?|Notes?):?\s*\n)/,
  )[0]!;
  return withoutMarkup(paragraph).replaceAll(/\s+/g, ' ').trim();
}

/** True for a text that says in English or Korean what a function does. */
export function isDescription(text: string): boolean {
  const words = text.match(/[\p{L}\p{N}]+/gu) ?? [];
  if (words.length < limits.leastWords || words.length > limits.mostWords || text.length > limits.mostLength)
    return false;
  if (notADescription.test(text)) return false;
  const letters = text.match(/\p{L}/gu) ?? [];
  const known = text.match(/[A-Za-z\uac00-\ud7a3]/g) ?? [];
  return letters.length > text.length / 2 && known.length >= leastKnownLetters * letters.length;
}

function withoutMarkup(text: string): string {
  return text
    .replaceAll(/<(?:see|paramref|typeparamref|seealso)\s+\w+="(?:[A-Z]:)?([^"]*)"\s*\/>/g, '$1')
    .replaceAll(/\{@\w+\s+([^}]*)\}/g, '$1')
    .replaceAll(/<\/?\w[^>]*>/g, ' ')
    .replaceAll(/:\w+:`~?([^`]*)`/g, '$1')
    .replaceAll(/\[([^\]]*)\]\([^)]*\)/g, '$1')
    .replaceAll(/[`*]+/g, '');
}
