import { createContext, Script } from 'node:vm';
import { GlassboxError } from '../../core/errors.js';
import type { EncodingGuard } from '../../core/tokenizer/textTokenizer.js';

/** A prompt takes some milliseconds. */
const deadlineMs = 1000;

const deadlineMsPerMegaUnit = 4000;

/** Below what makes the supervisor take the engine for hanging. */
const longestDeadlineMs = 15_000;

const script = new Script('work()');

/**
 * Ends the encoding of a text at a deadline, also inside a regular expression that backtracks forever: V8 interrupts
 * what runs below `Script.runInContext` when its time is over. It costs about a tenth of a millisecond, and blocks the
 * thread until the deadline; what can wait runs in the tokenizers' own thread instead.
 *
 * @throws GlassboxError `tokenizer-too-slow`
 */
export function createEncodingGuard(baseMs = deadlineMs): EncodingGuard {
  // A context of its own for every call would cost milliseconds.
  const surroundings = { work: (): void => undefined };
  const context = createContext(surroundings);
  return (textLength, work) => {
    const timeout = Math.round(Math.min(baseMs + textLength * (deadlineMsPerMegaUnit / 1e6), longestDeadlineMs));
    const results: ReturnType<typeof work>[] = [];
    surroundings.work = () => void results.push(work());
    try {
      script.runInContext(context, { timeout });
    } catch (error) {
      // The error is of the context's own class.
      if ((error as NodeJS.ErrnoException).code !== 'ERR_SCRIPT_EXECUTION_TIMEOUT') throw error;
      throw new GlassboxError(
        'tokenizer-too-slow',
        `The tokenizer did not finish within ${timeout} ms and was stopped.`,
        {
          action: 'Its tokenizer.json may hold a regular expression that takes forever; use another model.',
          cause: error,
        },
      );
    }
    return results[0]!;
  };
}
