// A vitest setup file: a test whose process opens a connection to another machine, or looks up a name, fails.
import dns from 'node:dns';
import net from 'node:net';
import { afterEach, expect } from 'vitest';

const attempts: string[] = [];

/** Records the attempt, so that the test fails even when the code under test swallows the error. */
function refuse(what: string): Error {
  attempts.push(what);
  return new Error(`Tests open no connection to other machines: ${what}`);
}

function isLocal(host: string): boolean {
  return host === 'localhost' || host === '::1' || /^127\.\d+\.\d+\.\d+$/.test(host);
}

// The first argument of Socket.connect is a port, a path, an options object, or those normalised into an array.
function hostOf(target: unknown, second: unknown): string | undefined {
  if (Array.isArray(target)) return hostOf(target[0], target[1]);
  if (typeof target === 'number') return typeof second === 'string' ? second : 'localhost';
  if (typeof target !== 'object' || target === null || 'path' in target) return undefined;
  return 'host' in target && typeof target.host === 'string' ? target.host : 'localhost';
}

const connect = Reflect.get(net.Socket.prototype, 'connect') as (...args: unknown[]) => net.Socket;
net.Socket.prototype.connect = function (this: net.Socket, ...args: unknown[]): net.Socket {
  const host = hostOf(args[0], args[1]);
  if (host === undefined || isLocal(host)) return Reflect.apply(connect, this, args);
  this.destroy(refuse(host));
  return this;
};

const lookup = dns.lookup;
Object.assign(dns, {
  lookup(host: string, ...rest: unknown[]): void {
    const callback = rest.at(-1) as (error: Error) => void;
    if (isLocal(host)) Reflect.apply(lookup, dns, [host, ...rest]);
    else callback(refuse(host));
  },
});

afterEach(() => {
  expect(attempts.splice(0), 'connections to other machines').toEqual([]);
});
