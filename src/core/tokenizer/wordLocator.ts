/** How far ahead a word is looked for when it does not follow the one before, in UTF-16 units beyond its length. */
const lookAhead = 4096;

/**
 * Finds, one after the other, the words that a pre-tokenizer made of a text. Words stand in the text as they are,
 * with two exceptions: blanks may be written as `blank` (`▁`, or `Ġ` in the byte alphabet), and a word may begin with a
 * `blank` that the text does not have.
 */
export class WordLocator {
  readonly #text: string;
  readonly #blank: string;
  #end = 0;

  /**
   * @param text the normalised text, in the byte alphabet for byte-level tokenizers
   * @param blank the character by which words write U+0020, of one UTF-16 unit
   */
  constructor(text: string, blank: string) {
    this.#text = text.replaceAll(' ', blank);
    this.#blank = blank;
  }

  /**
   * Start of the next word, in UTF-16 units of the text; one less than where its text stands when the word begins with
   * a blank of its own. A word that cannot be found starts where the one before ended.
   */
  locate(word: string): number {
    const start = this.#find(word);
    this.#end = Math.min(Math.max(start + word.length, this.#end), this.#text.length);
    return start;
  }

  #find(word: string): number {
    if (this.#text.startsWith(word, this.#end)) return this.#end;
    const window = this.#text.slice(this.#end, this.#end + word.length + lookAhead);
    const whole = window.indexOf(word);
    if (!word.startsWith(this.#blank)) return this.#end + Math.max(whole, 0);
    const withoutBlank = window.indexOf(word.slice(1));
    if (withoutBlank < 0) return this.#end;
    return whole >= 0 && whole < withoutBlank ? this.#end + whole : this.#end + withoutBlank - 1;
  }
}
