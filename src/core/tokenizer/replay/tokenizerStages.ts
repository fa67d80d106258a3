import type { TokenizerLibraryFactory } from '../tokenizerLibrary.js';
import type { TokenizerFile } from '../tokenizerFile.js';
import { configuredSteps } from '../configuredNormalizer.js';

/** One component of a tokenizer: its type, and what it does. */
export interface Stage<Input, Output> {
  readonly component: string;
  apply(input: Input, sectionIndex: number): Output;
}

/** What happens to a text before the model gets its words, component by component. */
export interface TokenizerStages {
  readonly normalization: readonly Stage<string, string>[];
  readonly preTokenization: readonly Stage<readonly string[], readonly string[]>[];
}

/** The components of a tokenizer file, each made by the library alone. */
export function stagesOf(file: TokenizerFile, config: object, createLibrary: TokenizerLibraryFactory): TokenizerStages {
  const parts = (component: object): ReturnType<TokenizerLibraryFactory> =>
    createLibrary({ ...emptyTokenizer, ...component }, {});
  return {
    normalization: [
      ...configuredSteps(config).map(({ component, apply }) => ({ component, apply })),
      ...leaves(file.normalizer, 'normalizers').map((component) => {
        const { normalizer } = parts({ normalizer: component });
        return { component: component.type, apply: (text: string) => normalizer?.(text) ?? text };
      }),
    ],
    preTokenization: leaves(file.pre_tokenizer, 'pretokenizers').map((component) => {
      const { pre_tokenizer: split } = parts({ pre_tokenizer: component });
      return {
        component: component.type,
        apply: (words: readonly string[], sectionIndex: number) =>
          words.flatMap((word) => split?.(word, { section_index: sectionIndex }) ?? [word]),
      };
    }),
  };
}

interface Component {
  readonly type: string;
}

/** What the library makes a tokenizer of that does nothing. */
const emptyTokenizer = {
  added_tokens: [],
  normalizer: null,
  pre_tokenizer: null,
  post_processor: null,
  decoder: null,
  model: { type: 'BPE', vocab: {}, merges: [] },
};

/** A component, or those inside a `Sequence`, however deep. */
function leaves(component: (Component & Readonly<Record<string, unknown>>) | null, list: string): Component[] {
  if (component === null) return [];
  const inner = component.type === 'Sequence' ? component[list] : undefined;
  return Array.isArray(inner) ? inner.flatMap((part: typeof component) => leaves(part, list)) : [component];
}
