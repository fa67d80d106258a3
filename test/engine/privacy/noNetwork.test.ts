import path from 'node:path';
import { describe, it } from 'vitest';
import { bundleForNode } from '../../support/bundleForNode.js';
import { builtEngine } from '../../support/engineProcess.js';
import { traceNode } from '../../support/tracedProcess.js';

const model = path.resolve(import.meta.dirname, '../../../models/code');
const modelFile = path.join(model, 'onnx/model_quantized.onnx');
// ONNX Runtime sends what it has gathered only after a while: a short look would see nothing.
const observedSeconds = 60;
const controlSeconds = 30;
const timeoutMs = 4 * observedSeconds * 1000;

describe.skipIf(process.platform !== 'linux').concurrent('completing code', () => {
  it(
    `opens no internet socket in ${observedSeconds} s and leaves no file`,
    async ({ expect }) => {
      const host = await bundleForNode('test/support/completeForSeconds.ts');
      const run = await traceNode([host, builtEngine(), model, String(observedSeconds)]);
      expect(Number(run.output)).toBeGreaterThan(observedSeconds / 2);
      expect(run.executed.filter((call) => call.includes('--host-pid='))).toHaveLength(1);
      expect(run.internetSockets).toEqual([]);
      expect(run.leftFiles).toEqual([]);
    },
    timeoutMs,
  );

  it(
    'is seen by this test when it does: ONNX Runtime with its telemetry on opens sockets',
    async ({ expect }) => {
      const program = await bundleForNode('test/support/loadOnnxForSeconds.ts');
      const run = await traceNode([program, modelFile, String(controlSeconds)]);
      expect(run.internetSockets.length).toBeGreaterThan(0);
    },
    timeoutMs,
  );
});
