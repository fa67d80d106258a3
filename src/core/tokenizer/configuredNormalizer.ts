/**
 * The normalizer of a tokenizer with what `tokenizer_config.json` asks for before it: `remove_space` (ALBERT, XLNet)
 * and `do_lowercase_and_remove_accent` (XLM). The library does both inside its own `encode`.
 *
 * @param normalizer the library's; null when the tokenizer file has none
 * @returns null when there is nothing to do
 */
export function configuredNormalizer(
  normalizer: ((text: string) => string) | null,
  config: object,
): ((text: string) => string) | null {
  const removesSpace = 'remove_space' in config && config.remove_space === true;
  const foldsLetters = 'do_lowercase_and_remove_accent' in config && config.do_lowercase_and_remove_accent === true;
  if (!removesSpace && !foldsLetters) return normalizer;
  return (text) => {
    let prepared = removesSpace ? text.trim().replace(/\s+/g, ' ') : text;
    if (foldsLetters) prepared = prepared.toLowerCase().replace(/\p{M}/gu, '');
    return normalizer?.(prepared) ?? prepared;
  };
}
