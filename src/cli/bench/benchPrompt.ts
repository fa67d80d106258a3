import type { PromptParts } from '../../core/prompt/promptParts.js';
import type { EngineClient } from '../../protocol/engineContract.js';

const nouns = [
  'order',
  'invoice',
  'customer',
  'product',
  'shipment',
  'payment',
  'report',
  'session',
  'account',
  'address',
];
const fields = [
  'total',
  'status',
  'createdAt',
  'quantity',
  'label',
  'owner',
  'priority',
  'discount',
  'region',
  'currency',
];
const verbs = ['load', 'save', 'merge', 'filter', 'group', 'format', 'validate', 'archive'];

/** The line under the cursor as it is typed, and how many characters come with each keystroke or burst of them. */
const typedLine = '  const discounted = applyDiscount(current, customer.level';
const typedFrom = 2;
const burstLengths = [1, 3, 2, 1, 2, 3, 1, 2] as const;
const suffix =
  '\n  return discounted;\n}\n\nexport function describeAll(entries: readonly Entry[]): string {\n  return entries.map(describe).join(", ");\n}\n';

/** How the current line grows in one series: the text left of the cursor at each request. */
export const typedLines: readonly string[] = burstLengths.reduce<readonly string[]>(
  (lines, length) => [...lines, typedLine.slice(0, lines.at(-1)!.length + length)],
  [typedLine.slice(0, typedFrom)],
);

/** Prompts of a wanted length, each different from its first tokens on, so that no cache knows it. */
export class BenchPrompts {
  #serial = 0;

  private constructor(
    private readonly source: string,
    /** Characters of the source at which a token ends. */
    private readonly tokenEnds: readonly number[],
    /** Tokens of a prompt beside its prefix. */
    private readonly overhead: number,
  ) {}

  /** Measures how the model divides the source, so that lengths can be told in tokens. */
  static async create(engine: EngineClient, folder: string, signal: AbortSignal): Promise<BenchPrompts> {
    const source = benchSource();
    const spans = await engine.call('tokens/encode', { folder, text: source }, { signal });
    const ends = spans.map(({ end }) => end);
    const probe = new BenchPrompts(source, ends, 0);
    const probeTokens = 64;
    const { promptTokenCount } = await engine.call(
      'completion/prefill',
      { folder, prompt: probe.take(probeTokens) },
      { signal },
    );
    return new BenchPrompts(source, ends, promptTokenCount - probeTokens);
  }

  /** A new prompt of about `tokenCount` tokens, with the given text left of the cursor in its line. */
  take(tokenCount: number, currentLine: string = typedLines[0]!): PromptParts {
    const prefixTokens = Math.max(1, tokenCount - this.overhead);
    const end = this.tokenEnds[prefixTokens - 1] ?? this.source.length;
    return {
      path: `${String(this.#serial++).padStart(4, '0')}/src/entries.ts`,
      languageId: 'typescript',
      chunks: [],
      prefix: `${this.source.slice(0, end).replace(/\n[^\n]*$/, '')}\n`,
      prefixStartLine: 0,
      currentLine,
      suffix,
    };
  }
}

/** About 1,500 tokens of TypeScript that do not repeat themselves word by word; the same text at every call. */
function benchSource(): string {
  const functions = Array.from({ length: 40 }, (_, index) => {
    const noun = nouns[index % nouns.length]!;
    const field = fields[(index * 3) % fields.length]!;
    const verb = verbs[(index * 5) % verbs.length]!;
    const type = noun[0]!.toUpperCase() + noun.slice(1);
    return [
      `/** Tries to ${verb} every ${noun} by its ${field}. */`,
      `export function ${verb}${type}s(entries: readonly ${type}[], limit = ${index * 7 + 3}): ${type}[] {`,
      `  const kept = entries.filter((entry) => entry.${field} !== undefined);`,
      `  return kept.slice(0, limit).map((entry) => ({ ...entry, ${field}: entry.${field} }));`,
      '}',
      '',
    ].join('\n');
  });
  return functions.join('\n');
}
