import type { AddedToken } from './tokenizerFile.js';

/** A stretch of a text: an added token as a whole, or ordinary text. UTF-16 offsets, half-open. */
export interface TextSection {
  readonly start: number;
  readonly end: number;
  /** Set when the section is exactly this added token. */
  readonly addedTokenId: number | undefined;
}

/**
 * Splits text at added tokens: at each place the longest one that stands there, from left to right, as the library
 * does. `lstrip` and `rstrip` shorten the ordinary text beside the token (its blanks are encoded by nothing).
 */
export class AddedTokenSplitter {
  readonly #byFirstCharacter = new Map<string, AddedToken[]>();

  constructor(tokens: readonly AddedToken[]) {
    const longestFirst = [...tokens].sort((a, b) => b.content.length - a.content.length);
    for (const token of longestFirst) {
      const first = token.content.charAt(0);
      const group = this.#byFirstCharacter.get(first);
      if (group === undefined) this.#byFirstCharacter.set(first, [token]);
      else group.push(token);
    }
  }

  /** Sections in order, without empty ones; stripped blanks belong to none. */
  split(text: string): TextSection[] {
    const sections: TextSection[] = [];
    let start = 0;
    let trimsStart = false;
    const addText = (end: number, trimsEnd: boolean): void => {
      let content = text.slice(start, end);
      if (trimsEnd) content = content.trimEnd();
      const trimmed = trimsStart ? content.trimStart() : content;
      const from = start + content.length - trimmed.length;
      if (trimmed !== '') sections.push({ start: from, end: from + trimmed.length, addedTokenId: undefined });
    };
    for (let offset = 0; this.#byFirstCharacter.size > 0 && offset < text.length;) {
      const token = this.#tokenAt(text, offset);
      if (token === undefined) {
        offset++;
        continue;
      }
      addText(offset, token.lstrip);
      const end = offset + token.content.length;
      sections.push({ start: offset, end, addedTokenId: token.id });
      start = end;
      offset = end;
      trimsStart = token.rstrip;
    }
    addText(text.length, false);
    return sections;
  }

  #tokenAt(text: string, offset: number): AddedToken | undefined {
    const group = this.#byFirstCharacter.get(text.charAt(offset));
    return group?.find((token) => text.startsWith(token.content, offset));
  }
}
