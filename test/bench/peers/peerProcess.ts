import { fork, type ChildProcess } from 'node:child_process';
import type { Contestant, MissingContestant } from '../../../src/cli/bench/contestant.js';
import type { PromptParts } from '../../../src/core/prompt/promptParts.js';
import type { PeerAnswer, PeerRequest, PeerSetup } from './peerProtocol.js';

/** How to start a peer. */
export interface PeerOptions {
  readonly name: string;
  /** Absolute path of the bundled program that runs it. */
  readonly program: string;
  readonly setup: PeerSetup;
  /** Turns a prompt into the ids that Glassbox's engine reads as well; not part of the measured time. */
  readonly encode: (prompt: PromptParts) => readonly number[];
  /** What to do when it does not start. */
  readonly hint: string;
}

/** A peer, and how to end its process. */
export interface StartedPeer {
  readonly peer: Contestant | MissingContestant;
  readonly dispose: () => void;
}

/** Starts a peer in a process of its own and waits until its model is loaded. */
export async function startPeer({ name, program, setup, encode, hint }: PeerOptions): Promise<StartedPeer> {
  const child = fork(program, { serialization: 'advanced', stdio: ['ignore', 'ignore', 'inherit', 'ipc'] });
  const dispose = (): void => void child.kill('SIGKILL');
  const ask = conversation(child);
  const ready = await ask(setup);
  if (ready.kind !== 'ready') {
    dispose();
    return { peer: { name, missing: `not measured (${messageOf(ready)}). ${hint}` }, dispose };
  }
  return {
    peer: {
      name,
      detail: ready.detail,
      async generate(prompt, newTokens) {
        const answer = await ask({ tokens: encode(prompt), newTokens });
        if (answer.kind !== 'generated') throw new Error(`${name}: ${messageOf(answer)}`);
        return answer.times;
      },
    },
    dispose,
  };
}

/** Sends a message and waits for the answer, or for the end of the process; one message at a time. */
function conversation(child: ChildProcess): (message: PeerSetup | PeerRequest) => Promise<PeerAnswer> {
  let answer: (value: PeerAnswer) => void = () => undefined;
  child.on('message', (message) => answer(message as PeerAnswer));
  child.on('exit', () => answer({ kind: 'failed', message: 'its process ended' }));
  return (message) =>
    new Promise((resolve) => {
      answer = resolve;
      child.send(message);
    });
}

function messageOf(answer: PeerAnswer): string {
  return answer.kind === 'failed' ? (answer.message.split('\n', 1)[0] ?? '') : `it answered ${answer.kind}`;
}
