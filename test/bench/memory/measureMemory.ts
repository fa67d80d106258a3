import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import type { CliServices } from '../../../src/cli/cliServices.js';
import { median } from '../../../src/cli/bench/statistics.js';
import type { GenerationTimings } from '../../../src/core/completion/generation.js';
import type { MemoryScope } from '../../../src/core/memory/memoryScope.js';
import { greedy } from '../../../src/core/sampling/samplingOptions.js';

/** What remembering a workspace costs. */
export interface MemoryFigures {
  /** Files of this program's own sources, and their tokens. */
  readonly fileCount: number;
  readonly tokenCount: number;
  /** From files to remembered tokens. */
  readonly rememberMs: number;
  /** Medians over places and rounds: a decode step, and what comes before the model reads. */
  readonly stepMs: Readonly<Record<MemoryScope, number>>;
  readonly prepareMs: Readonly<Record<MemoryScope, number>>;
  /** Median over places and rounds of a step with the workspace divided by the same step without memory. */
  readonly stepRatio: number;
}

const scopes = ['off', 'file', 'workspace'] as const satisfies readonly MemoryScope[];
const sourceFolders = ['src/core', 'src/engine', 'src/host', 'src/protocol', 'src/cli', 'test/unit'];
/** Places at which a line is completed, spread over the sources. */
const placeCount = 24;
const newTokens = 24;
/** Shorter texts say little of a step. */
const fewestTokens = 4;

interface Sample {
  readonly stepMs: number;
  readonly prepareMs: number;
}

/** Completes lines of this program's own sources with each scope in turn, the keys and values of the prompt held. */
export async function measureMemory(root: string, rounds: number, services: CliServices): Promise<MemoryFigures> {
  const { engine, clock, signal } = services;
  const folder = path.join(root, 'models/code');
  const files = ownSources(root);
  await engine.call('models/load', { folder }, { signal });
  const started = clock.now();
  const { fileCount, tokenCount } = await engine.call('memory/remember', { folder, files }, { signal });
  const rememberMs = clock.now() - started;
  const samples = new Map<MemoryScope, Sample[]>(scopes.map((scope) => [scope, []]));
  const ratios: number[] = [];
  for (let round = -1; round < rounds; round++) {
    for (let place = 0; place < placeCount; place++) {
      const { path: name, text } = files[Math.floor(((place + 0.5) * files.length) / placeCount)]!;
      const inTurn = round % 2 === 0 ? scopes : scopes.toReversed();
      const steps = new Map<MemoryScope, number>();
      for (const memory of ['off' as const, ...inTurn]) {
        const { timings, tokens } = await engine.call(
          'completion/generate',
          {
            folder,
            prompt: promptIn(name, text),
            sampling: greedy,
            stop: { maxNewTokens: newTokens, singleLine: false, maxLines: 100, stopStrings: [], deadlineMs: 60_000 },
            tokenHealing: true,
            memory,
            alternativeCount: 5,
          },
          { signal },
        );
        if (tokens.length < fewestTokens) continue;
        steps.set(memory, timings.decodeMs / tokens.length);
        if (round >= 0) samples.get(memory)!.push(sampleOf(timings, tokens.length));
      }
      const [off, workspace] = [steps.get('off'), steps.get('workspace')];
      if (round >= 0 && off !== undefined && workspace !== undefined) ratios.push(workspace / off);
    }
  }
  const medians = (of: (sample: Sample) => number): Record<MemoryScope, number> => {
    const medianOf = (scope: MemoryScope): number => median(samples.get(scope)!.map(of));
    return { off: medianOf('off'), file: medianOf('file'), workspace: medianOf('workspace') };
  };
  return {
    fileCount,
    tokenCount,
    rememberMs,
    stepMs: medians(({ stepMs }) => stepMs),
    prepareMs: medians(({ prepareMs }) => prepareMs),
    stepRatio: median(ratios),
  };
}

function ownSources(root: string): readonly { readonly path: string; readonly text: string }[] {
  return sourceFolders.flatMap((folder) =>
    readdirSync(path.join(root, folder), { recursive: true, encoding: 'utf8' })
      .filter((name) => name.endsWith('.ts'))
      .sort()
      .map((name) => ({
        path: path.posix.join(folder, name),
        text: readFileSync(path.join(root, folder, name), 'utf8'),
      })),
  );
}

function sampleOf({ decodeMs, tokenizeMs }: GenerationTimings, tokenCount: number): Sample {
  return { stepMs: decodeMs / tokenCount, prepareMs: tokenizeMs };
}

/** A line in the middle of a file is missing but for its indentation. */
function promptIn(name: string, text: string) {
  const lineStart = text.indexOf('\n', Math.floor(text.length / 2)) + 1;
  const [indentation = ''] = /^[ \t]*/.exec(text.slice(lineStart)) ?? [];
  const lineEnd = text.indexOf('\n', lineStart);
  return {
    path: name,
    languageId: 'typescript',
    chunks: [],
    prefix: text.slice(Math.max(0, lineStart - 8_192), lineStart),
    prefixStartLine: 0,
    currentLine: indentation,
    suffix: text.slice(lineEnd, lineEnd + 2_048),
  };
}
