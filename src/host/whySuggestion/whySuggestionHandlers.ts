import { GlassboxError } from '../../core/errors.js';
import type { DocumentLines, WhySuggestionContract } from '../../protocol/panels/whySuggestionContract.js';
import type { RpcHandlers } from '../../protocol/rpcContract.js';
import { followUntilAborted } from '../panels/followUntilAborted.js';
import type { WhySession } from './whySession.js';

/** What the panel's answers are made of. */
export interface WhySuggestionDeps {
  readonly session: WhySession;
  /** Shows lines of a document in the editor. */
  readonly reveal: (uri: string, lines: DocumentLines) => Promise<void>;
  /** Shows a line of a file of the workspace in the editor. @throws GlassboxError `file-unreadable`. */
  readonly openFile: (path: string, line: number) => Promise<void>;
  /** Asks the editor for a suggestion at the cursor. */
  readonly triggerSuggestion: () => Promise<void>;
}

/** Answers the page of "why this suggestion?". */
export function whySuggestionHandlers({
  session,
  reveal,
  openFile,
  triggerSuggestion,
}: WhySuggestionDeps): RpcHandlers<WhySuggestionContract> {
  const done = async (): Promise<null> => null;
  return {
    'why/follow': (_params, context) => followUntilAborted(context, () => session.snapshot(), session.subscribe),
    'why/explainNewest': () => {
      session.explainNewest();
      return done();
    },
    'why/triggerSuggestion': async () => {
      await triggerSuggestion();
      return null;
    },
    'why/choose': ({ candidate }) => {
      session.choose(candidate);
      return done();
    },
    'why/compare': ({ text }) => {
      session.compare(text);
      return done();
    },
    'why/occlude': ({ detail }) => {
      session.occlude(detail);
      return done();
    },
    'why/stop': () => {
      session.stop();
      return done();
    },
    'why/paint': ({ isPainted }) => {
      session.paint(isPainted);
      return done();
    },
    'why/reveal': async (lines) => {
      const { uri } = session;
      if (uri !== undefined) await reveal(uri, lines);
      return null;
    },
    'why/openPlace': async ({ path, line }) => {
      const { uri } = session;
      const place = session.placeAt(path, line);
      if (uri === undefined || place === undefined) {
        throw new GlassboxError('bad-request', `The explanation does not name line ${line + 1} of ${path}.`);
      }
      if (place.source === 'file') await reveal(uri, { start: line, end: line + 1 });
      else await openFile(path, line);
      return null;
    },
  };
}
