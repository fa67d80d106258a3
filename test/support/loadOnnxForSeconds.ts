import { InferenceSession } from 'onnxruntime-node';

// `loadOnnxForSeconds MODEL_FILE SECONDS`: what any program does that uses onnxruntime-node and has not heard of its
// telemetry.
const [modelFile = '', seconds = '0'] = process.argv.slice(2);

async function run(): Promise<void> {
  await InferenceSession.create(modelFile);
  await new Promise((resolve) => setTimeout(resolve, Number(seconds) * 1000));
  process.stdout.write('1\n');
}

void run();
