/** A step that `tokenizer_config.json` asks for before the tokenizer's normalizer. */
interface ConfiguredStep {
  readonly component: string;
  readonly apply: (text: string) => string;
}

/**
 * What `tokenizer_config.json` asks for before the normalizer: `remove_space` (ALBERT, XLNet) and
 * `do_lowercase_and_remove_accent` (XLM). The library does both inside its own `encode`.
 */
export function configuredSteps(config: object): ConfiguredStep[] {
  const steps: ConfiguredStep[] = [];
  if ('remove_space' in config && config.remove_space === true) {
    steps.push({ component: 'remove_space', apply: (text) => text.trim().replace(/\s+/g, ' ') });
  }
  if ('do_lowercase_and_remove_accent' in config && config.do_lowercase_and_remove_accent === true) {
    steps.push({
      component: 'do_lowercase_and_remove_accent',
      apply: (text) => text.toLowerCase().replace(/\p{M}/gu, ''),
    });
  }
  return steps;
}

/**
 * The normalizer of a tokenizer with what {@link configuredSteps} has before it.
 *
 * @param normalizer the library's; null when the tokenizer file has none
 * @returns null when there is nothing to do
 */
export function configuredNormalizer(
  normalizer: ((text: string) => string) | null,
  config: object,
): ((text: string) => string) | null {
  const steps = configuredSteps(config);
  if (steps.length === 0) return normalizer;
  return (text) => {
    const prepared = steps.reduce((result, { apply }) => apply(result), text);
    return normalizer?.(prepared) ?? prepared;
  };
}
