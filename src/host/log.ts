import type { LogOutputChannel } from 'vscode';
import type { Log } from '../core/log.js';

/** Writes to the extension's log channel, one line a message: line ends inside a message could forge an entry. */
export class OutputChannelLog implements Log {
  constructor(private readonly channel: LogOutputChannel) {}

  trace(message: string): void {
    this.channel.trace(oneLine(message));
  }

  debug(message: string): void {
    this.channel.debug(oneLine(message));
  }

  info(message: string): void {
    this.channel.info(oneLine(message));
  }

  warn(message: string): void {
    this.channel.warn(oneLine(message));
  }

  error(message: string): void {
    this.channel.error(oneLine(message));
  }
}

/** Shows line ends and other control characters (terminal escapes too) as escapes. */
export function oneLine(message: string): string {
  return message.replace(/[\u0000-\u001f\u007f-\u009f\u2028\u2029]/g, (character) =>
    character === '\n' ? '\\n' : `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}
