/** Line break; word, number or other character, each with one blank before it; other blanks. */
const lexeme = /\n| ?[\p{L}_$][\p{L}\p{N}_$]*| ?\p{N}+| ?[^\s]|[^\S\n]+/gu;

/** Divides a text into words, numbers, signs and blanks. The lexemes tile the text. */
export function lexemesOf(text: string): string[] {
  return text.match(lexeme) ?? [];
}
