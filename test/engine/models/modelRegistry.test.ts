import { expect, it, onTestFinished } from 'vitest';
import { systemClock } from '../../../src/core/clock.js';
import { ModelRegistry } from '../../../src/engine/models/modelRegistry.js';
import { NativeOnnxRuntime } from '../../../src/engine/onnx/nativeOnnxRuntime.js';
import { silentLog } from '../../support/silentLog.js';
import { decoderVariants, fixtureModel, noAbort } from '../modelFixtures.js';

const [first, second, third, fourth] = decoderVariants.map(fixtureModel) as [string, string, string, string];
const fifth = fixtureModel('tiny-encoder');

it('frees the model that was not used for longest when more are loaded than may be held', async () => {
  const registry = new ModelRegistry(new NativeOnnxRuntime(), systemClock(globalThis), silentLog);
  onTestFinished(() => registry.dispose());
  const held = (): readonly string[] => registry.loaded.map(({ model }) => model.descriptor.folder).toSorted();
  const before = await registry.load(first, noAbort);
  for (const folder of [second, third, fourth]) await registry.loadAny(folder, noAbort);
  expect(held()).toEqual([first, second, third, fourth].toSorted());

  await registry.load(first, noAbort);
  await registry.loadAny(fifth, noAbort);

  expect(held()).toEqual([first, third, fourth, fifth].toSorted());
  expect(await registry.load(first, noAbort)).toEqual(before);
  await registry.load(second, noAbort);
  expect(held()).toEqual([first, second, fourth, fifth].toSorted());
});

it('loads more than it may hold at once, and waits for none for ever', async () => {
  const registry = new ModelRegistry(new NativeOnnxRuntime(), systemClock(globalThis), silentLog);
  onTestFinished(() => registry.dispose());
  const folders = [first, second, third, fourth, fifth];
  const loaded = await Promise.all(folders.map((folder) => registry.loadAny(folder, noAbort)));
  expect(loaded.map(({ model }) => model.descriptor.folder)).toEqual(folders);
});
