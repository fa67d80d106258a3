import type { GlassboxErrorCode } from '../core/errors.js';

/** What the process ends with; part of the interface, so numbers never change their meaning. */
export const exitCodes = {
  ok: 0,
  /** The command ran, and one of the things it was asked to check did not hold, or one line of a batch failed. */
  checkFailed: 1,
  /** Wrong arguments, or an input file that cannot be used. */
  usage: 2,
  /** The model or the engine failed. */
  engine: 3,
  /** There is nothing to offer, to explain or to look in; the reason is on standard error. */
  nothingOffered: 4,
  /** Interrupted by the user (128 + SIGINT). */
  interrupted: 130,
} as const;

/** One of {@link exitCodes}. */
export type ExitCode = (typeof exitCodes)[keyof typeof exitCodes];

const usageCodes: readonly GlassboxErrorCode[] = ['bad-request', 'file-unreadable'];

/** The exit code that stands for an error. */
export function exitCodeOf(code: GlassboxErrorCode): ExitCode {
  if (code === 'cancelled') return exitCodes.interrupted;
  return usageCodes.includes(code) ? exitCodes.usage : exitCodes.engine;
}

/** The list of exit codes as `--help` shows it. */
export const exitCodeHelp = `
Exit codes:
  0    done
  1    a check failed (models --verify) or a line failed (complete --batch)
  2    wrong arguments, or an input file that cannot be used
  3    the model or the engine failed
  4    complete, why: nothing to offer; find: no code to look in; the reason is on standard error
  130  interrupted`;
