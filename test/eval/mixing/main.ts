import { Command, InvalidArgumentError } from 'commander';
import { createReadStream, writeFileSync } from 'node:fs';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { createNodeServices } from '../../../src/cli/nodeServices.js';
import { mixingWeightCount } from '../../../src/core/memory/mixingClasses.js';
import { mixingWeights } from '../../../src/core/memory/mixingWeights.js';
import { spread } from '../evalSuite.js';
import { fitWeights, mixedBits, type MixedPlace } from './fitWeights.js';
import { MixedReader, type MixedReading } from './mixedPlaces.js';
import { weightsFile, weightsPath } from './weightsFile.js';

interface MixingOptions {
  readonly corpus: string;
  readonly model: string;
  readonly files: number;
  readonly characters: number;
  readonly check?: true;
}

const root = path.resolve(import.meta.dirname, '../../..');

async function readCorpus(file: string): Promise<ReadonlyMap<string, ReadonlyMap<string, string>>> {
  const repositories = new Map<string, Map<string, string>>();
  for await (const line of createInterface({ input: createReadStream(file) })) {
    const { repository, path: name, text } = JSON.parse(line) as { repository: string; path: string; text: string };
    const files = repositories.get(repository) ?? new Map<string, string>();
    repositories.set(repository, files.set(name, text));
  }
  return repositories;
}

async function run({ corpus, model, files: fileCount, characters, check }: MixingOptions): Promise<void> {
  const { services, dispose } = createNodeServices(root);
  const { engine, signal } = services;
  const reader = new MixedReader(engine, path.resolve(model));
  const places: Record<MixedReading, MixedPlace[]> = { text: [], line: [] };
  let byteCount = 0;
  for (const [origin, files] of await readCorpus(corpus)) {
    for (const [name, text] of spread([...files], fileCount)) {
      const placed = { origin, path: name, text: text.slice(0, characters) };
      for (const reading of ['text', 'line'] as const) {
        const read = await reader.read(placed, files, reading, signal);
        for (const place of read.places) places[reading].push(place);
        byteCount += reading === 'text' ? read.byteCount : 0;
      }
    }
    console.log(`${origin}: ${files.size} files, ${places.text.length} tokens so far`);
  }
  await dispose();
  const weights = check === true ? mixingWeights : fitWeights([...places.text, ...places.line], mixingWeightCount);
  const bitsPerByte = (mixed: ArrayLike<number>, reading: MixedReading): string =>
    (mixedBits(mixed, places[reading]) / byteCount).toFixed(3);
  const alone = bitsPerByte(new Float64Array(mixingWeightCount), 'text');
  const before = bitsPerByte(weights, 'text');
  const around = bitsPerByte(weights, 'line');
  console.log(
    `bits per byte: ${alone} by the model alone, ${before} with memory, ${around} knowing what follows each line`,
  );
  if (check !== true) writeFileSync(path.join(root, weightsPath), weightsFile(weights));
}

function wholeNumber(value: string): number {
  const number = Number(value);
  if (!Number.isSafeInteger(number) || number < 1) throw new InvalidArgumentError('It must be a whole number from 1.');
  return number;
}

await new Command('npm run mixing --')
  .description(
    `Fits how much each kind of evidence of the code around weighs against the model, and writes ${weightsPath}.`,
  )
  .requiredOption('--corpus <file>', 'JSONL of the corpus step: the validation split to fit, the test split to check')
  .option('--model <folder>', 'model folder', path.join(root, 'models/code'))
  .option('--files <count>', 'most files of a repository', wholeNumber, 12)
  .option('--characters <count>', 'most characters of a file', wholeNumber, 4_000)
  .option('--check', 'only measure the present weights')
  .action(run)
  .parseAsync();
