/**
 * How models write tokens that steer them and are no text: `<|endoftext|>`, `<|im_end|>`, `<fim_middle>`,
 * `<｜fim▁end｜>`, `<|file_separator|>`, `<EOT>`, `[/INST]`. Sources: tokenizer files of StarCoder, Qwen2.5-Coder,
 * CodeLlama, DeepSeek-Coder, CodeGemma.
 */
const specialToken =
  /<\|[\w-]{2,40}\|>|<｜[\w▁-]{2,40}｜>|<(?:fim|file|repo|gh|jupyter)_\w{2,30}>|<(?:EOT|PRE|SUF|MID|END)>|\[\/?INST\]/u;

/**
 * Cuts the text at the first special token that leaked into it. A token that also stands in the document around the
 * cursor is text there (a tokenizer's source, a prompt template) and stays.
 */
export function cutAtSpecialToken(text: string, surroundings: string): string {
  const leaked = specialToken.exec(text);
  return leaked === null || surroundings.includes(leaked[0]) ? text : text.slice(0, leaked.index);
}
