import { Template } from '@huggingface/jinja';
import { GlassboxError } from '../../core/errors.js';
import type { ChatMessage } from '../../core/tokenizer/chatMessage.js';
import { decodeUtf8 } from '../../core/text/utf8.js';

/** The names of special tokens that `tokenizer_config.json` gives and that templates may use. */
const tokenNames = [
  'bos_token',
  'eos_token',
  'unk_token',
  'sep_token',
  'pad_token',
  'cls_token',
  'mask_token',
] as const;

/** The chat template of a tokenizer: a Jinja text, as Hugging Face's `apply_chat_template` takes it. */
export class ChatTemplate {
  readonly #source: string;
  readonly #tokens: Readonly<Record<string, string>>;

  private constructor(source: string, tokens: Readonly<Record<string, string>>) {
    this.#source = source;
    this.#tokens = tokens;
  }

  /**
   * The template of `chat_template.jinja`, else of `chat_template` in `tokenizer_config.json` (of several there, the one
   * named `default`); undefined when there is none.
   */
  static read(config: object, file: Uint8Array | undefined): ChatTemplate | undefined {
    const source = file === undefined ? templateOf(config) : decodeUtf8(file);
    if (source === undefined) return undefined;
    const settings = config as Readonly<Record<string, unknown>>;
    const tokens: Record<string, string> = {};
    for (const name of tokenNames) {
      const content = contentOf(settings[name]);
      if (content !== undefined) tokens[name] = content;
    }
    return new ChatTemplate(source, tokens);
  }

  /**
   * The text that the model is given for a conversation.
   * @throws GlassboxError `tokenizer-unsupported` with what the template says; templates refuse some conversations.
   */
  render(messages: readonly ChatMessage[], addGenerationPrompt: boolean): string {
    try {
      const template = new Template(this.#source);
      return template.render({ ...this.#tokens, messages: [...messages], add_generation_prompt: addGenerationPrompt });
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      throw new GlassboxError('tokenizer-unsupported', `The chat template cannot be applied: ${reason}`, {
        cause: error,
      });
    }
  }
}

function templateOf(config: object): string | undefined {
  const template: unknown = 'chat_template' in config ? config.chat_template : undefined;
  if (typeof template === 'string') return template;
  if (!Array.isArray(template)) return undefined;
  const named = template.filter(
    (entry: unknown): entry is { name: string; template: string } =>
      typeof entry === 'object' &&
      entry !== null &&
      'name' in entry &&
      'template' in entry &&
      typeof entry.template === 'string',
  );
  return (named.find(({ name }) => name === 'default') ?? named[0])?.template;
}

/** A special token is given by its text, or by an object that holds it. */
function contentOf(token: unknown): string | undefined {
  if (typeof token === 'string') return token;
  if (typeof token !== 'object' || token === null || !('content' in token)) return undefined;
  return typeof token.content === 'string' ? token.content : undefined;
}
