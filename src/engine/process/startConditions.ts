import { engineExitCodes, hostPidArgument, telemetrySwitch } from '../../protocol/engineProcess.js';

/** May the engine run here? If so, whose death it must not outlive. */
export type StartDecision =
  | { readonly kind: 'run'; readonly hostPid: number }
  | { readonly kind: 'refuse'; readonly exitCode: number; readonly message: string };

/** What is decided about before anything native loads. */
export interface StartCircumstances {
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly argv: readonly string[];
  /** True when the process was forked with a channel to its host. */
  readonly hasChannel: boolean;
}

/** Refuses to run without a host, and where ONNX Runtime's telemetry is not switched off. */
export function decideStart({ env, argv, hasChannel }: StartCircumstances): StartDecision {
  if (env[telemetrySwitch] !== '1') {
    const message = `${telemetrySwitch} is not 1: the engine does not load ONNX Runtime, which would open connections.`;
    return { kind: 'refuse', exitCode: engineExitCodes.telemetryNotDisabled, message };
  }
  const hostPid = Number(argv.find((argument) => argument.startsWith(hostPidArgument))?.slice(hostPidArgument.length));
  if (!hasChannel || !Number.isSafeInteger(hostPid) || hostPid <= 0) {
    const message = 'This program is started by Glassbox and ends with it; it does nothing by itself.';
    return { kind: 'refuse', exitCode: engineExitCodes.usage, message };
  }
  return { kind: 'run', hostPid };
}
