import { readFileSync } from 'node:fs';
import path from 'node:path';
import { parseModelCard } from '../../../src/core/model/modelCard.js';
import { PromptComposer } from '../../../src/core/prompt/promptComposer.js';
import type { PromptParts } from '../../../src/core/prompt/promptParts.js';
import { readPromptTokens, type PromptTokens } from '../../../src/core/prompt/promptTokens.js';
import type { TextTokenizer } from '../../../src/core/tokenizer/textTokenizer.js';
import { bundledTokenizerJson, textTokenizer } from '../tokenizer/tokenizerFixtures.js';

const card = path.resolve(import.meta.dirname, '../../../models/code/glassbox.json');

/** Context length of the composers that {@link bundledComposer} makes by default. */
export const contextLength = 1024;

/** The bundled model's tokenizer. */
export const tokenizer: TextTokenizer = textTokenizer(bundledTokenizerJson());

/** The bundled model's control tokens. */
export const promptTokens: PromptTokens = bundledPromptTokens();

/** A composer for the bundled model, or for one like it. */
export function bundledComposer(tokens = promptTokens, context = contextLength): PromptComposer {
  return new PromptComposer((text) => tokenizer.encode(text), tokens, context);
}

/** Parts of a prompt; what is not given is empty. */
export function promptParts(parts: Partial<PromptParts>): PromptParts {
  return {
    path: '',
    languageId: 'typescript',
    chunks: [],
    prefix: '',
    prefixStartLine: 0,
    currentLine: '',
    suffix: '',
    ...parts,
  };
}

function bundledPromptTokens(): PromptTokens {
  const reading = parseModelCard(readFileSync(card, 'utf8'));
  if (reading.kind === 'invalid') throw new Error(reading.message);
  if (reading.card.architecture !== 'decoder') throw new Error(`${card} is of no decoder`);
  const tokens = readPromptTokens(reading.card, (name) => tokenizer.table.specialId(name));
  if (tokens.kind === 'unknown') throw new Error(`${tokens.field}: ${tokens.name}`);
  return tokens.tokens;
}
