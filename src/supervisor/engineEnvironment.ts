import { telemetrySwitch } from '../protocol/engineProcess.js';

/**
 * What the engine inherits. Everything else stays in the host, tokens and keys above all. `PATH` and `LD_LIBRARY_PATH`
 * are where native libraries are looked for, the others are what Node and Windows need to run at all.
 */
const inherited = [
  'PATH',
  'LD_LIBRARY_PATH',
  'LANG',
  'LC_ALL',
  'TZ',
  'TMPDIR',
  'TEMP',
  'TMP',
  'SystemRoot',
  'SystemDrive',
  'windir',
] as const;

const fixed = {
  // In VS Code the executable is Electron; this makes it a plain Node. Node itself ignores it.
  ELECTRON_RUN_AS_NODE: '1',
  [telemetrySwitch]: '1',
  // The flash variant of GroupQueryAttention computes with denormals on the CPU: prefill up to 1.6 times slower.
  ORT_GQA_DISABLE_FLASH_ATTENTION: '1',
};

/** The engine's whole environment, made from the host's. */
export function engineEnvironment(host: Readonly<Record<string, string | undefined>>): Record<string, string> {
  const environment: Record<string, string> = {};
  for (const name of inherited) {
    const value = host[name];
    if (value !== undefined) environment[name] = value;
  }
  return { ...environment, ...fixed };
}
