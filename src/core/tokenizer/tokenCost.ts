import type { TokenPlaces } from './tokenColumns.js';

/** What a text costs with one tokenizer. */
export interface TokenCost {
  readonly tokenCount: number;
  /** Code points. */
  readonly characterCount: number;
  /** In UTF-8. */
  readonly byteCount: number;
  /** NaN when there is no token. */
  readonly charactersPerToken: number;
  readonly bytesPerToken: number;
}

/** Counts tokens, characters and bytes of a whole text. */
export function tokenCostOf(text: string, { byteEnds }: Pick<TokenPlaces, 'byteEnds'>): TokenCost {
  const tokenCount = byteEnds.length;
  const characterCount = countCharacters(text);
  const byteCount = byteEnds[tokenCount - 1] ?? 0;
  return {
    tokenCount,
    characterCount,
    byteCount,
    charactersPerToken: characterCount / tokenCount,
    bytesPerToken: byteCount / tokenCount,
  };
}

function countCharacters(text: string): number {
  let count = text.length;
  for (let unit = 1; unit < text.length; unit++) {
    const [before, after] = [text.charCodeAt(unit - 1), text.charCodeAt(unit)];
    if (before >= 0xd800 && before < 0xdc00 && after >= 0xdc00 && after < 0xe000) count--;
  }
  return count;
}

/** Writing systems that are told apart; `other` is everything else, blanks, digits and signs included. */
export const countedScripts = ['latin', 'hangul', 'han', 'kana', 'other'] as const;

/** One of {@link countedScripts}. */
export type CountedScript = (typeof countedScripts)[number];

/** What the parts of a text in one script cost. */
export interface ScriptCost {
  readonly script: CountedScript;
  /** Tokens by the first letter in them; a token inside a character counts for that character. */
  readonly tokenCount: number;
  /** Code points. */
  readonly characterCount: number;
}

const scriptPatterns: readonly (readonly [CountedScript, RegExp])[] = [
  ['latin', /\p{Script=Latin}/u],
  ['hangul', /\p{Script=Hangul}/u],
  ['han', /\p{Script=Han}/u],
  ['kana', /[\p{Script=Hiragana}\p{Script=Katakana}]/u],
];

/** Tells what each script of a text costs, for instance Korean against English; scripts that do not occur are left out. */
export function scriptCostsOf(text: string, { starts, ends }: Pick<TokenPlaces, 'starts' | 'ends'>): ScriptCost[] {
  const characters = new Map<CountedScript, number>();
  const tokens = new Map<CountedScript, number>();
  const scriptOf = rememberedScripts();
  for (const character of text) add(characters, scriptOf(character));
  for (let token = 0; token < starts.length; token++) {
    const start = starts[token]!;
    add(tokens, firstScript(text, start, Math.max(ends[token]!, start + 1), scriptOf));
  }
  return countedScripts
    .map((script) => ({
      script,
      tokenCount: tokens.get(script) ?? 0,
      characterCount: characters.get(script) ?? 0,
    }))
    .filter(({ tokenCount, characterCount }) => tokenCount + characterCount > 0);
}

function firstScript(
  text: string,
  start: number,
  end: number,
  scriptOf: (character: string) => CountedScript,
): CountedScript {
  for (let offset = start; offset < end && offset < text.length;) {
    const character = String.fromCodePoint(text.codePointAt(offset)!);
    const script = scriptOf(character);
    if (script !== 'other') return script;
    offset += character.length;
  }
  return 'other';
}

function rememberedScripts(): (character: string) => CountedScript {
  const known = new Map<string, CountedScript>();
  return (character) => {
    let script = known.get(character);
    if (script === undefined) {
      script = scriptPatterns.find(([, pattern]) => pattern.test(character))?.[0] ?? 'other';
      known.set(character, script);
    }
    return script;
  };
}

function add(counts: Map<CountedScript, number>, script: CountedScript): void {
  counts.set(script, (counts.get(script) ?? 0) + 1);
}
