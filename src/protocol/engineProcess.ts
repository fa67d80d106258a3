/**
 * Set to `1` before ONNX Runtime loads, or it reports to its maker: on by default in the official builds from 1.29 on,
 * on Linux and macOS (docs/Privacy.md of microsoft/onnxruntime). `CI=true` hides the reports, it does not forbid them.
 */
export const telemetrySwitch = 'ORT_DISABLE_TELEMETRY';

/** How the engine ends when it refuses to run; the numbers are those of BSD's sysexits.h. */
export const engineExitCodes = {
  /** Started by hand, without a channel to a host. */
  usage: 64,
  /** {@link telemetrySwitch} is not `1`. */
  telemetryNotDisabled: 78,
} as const;

/** Beginning of the argument that tells the engine which process it belongs to, followed by the process id. */
export const hostPidArgument = '--host-pid=';
