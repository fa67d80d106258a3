import type { SamplingOptions } from '../sampling/samplingOptions.js';
import { completionConstants as constants } from './completionConstants.js';
import type { CompletionModel, CompletionSettings } from './completionQuery.js';
import type { CursorContext } from './cursorContext.js';

/** A line start at or above the cursor: what identifies it, and what stands between it and the cursor. */
export interface LineAnchor {
  readonly key: string;
  /** Text from that line's start to the cursor. */
  readonly typed: string;
}

/** What an answer depends on besides the text around the cursor. */
export interface KeyScope {
  readonly model: CompletionModel;
  readonly settings: CompletionSettings;
  readonly sampling: SamplingOptions;
}

/**
 * The line starts from which a remembered generation may reach the cursor, nearest first. The first one is the
 * cursor's own line, under which a new generation is stored: reading and writing go through this one function, so a
 * key cannot be written one way and read another. A key holds everything the answer depends on: model and hash,
 * language, document, options, the text above the line start, and the text after the cursor.
 */
export function* lineAnchors(context: CursorContext, scope: KeyScope): Generator<LineAnchor, void> {
  const { prefix, currentLine } = context.window;
  const shared = sharedKey(context, scope);
  let lineStart = prefix.length;
  for (let lines = 0; lines < constants.typedThroughLines; lines++) {
    const above = prefix.slice(Math.max(0, lineStart - constants.keyPrefixCharacters), lineStart);
    yield { key: `${shared}\0${above}`, typed: prefix.slice(lineStart) + currentLine };
    if (lineStart === 0) return;
    lineStart = lineStart < 2 ? 0 : prefix.lastIndexOf('\n', lineStart - 2) + 1;
  }
}

function sharedKey(context: CursorContext, { model, settings, sampling }: KeyScope): string {
  const options = [
    settings.multiLine,
    settings.maxLines,
    settings.memory,
    sampling.temperature,
    sampling.topK,
    sampling.topP,
    sampling.minP,
    sampling.seed,
  ];
  return [model.id, model.hash, context.languageId, context.uri, options.join(), context.suffix].join('\0');
}
