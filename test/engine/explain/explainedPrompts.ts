import type { ExplainTarget } from '../../../src/core/explain/explainedTokens.js';
import type { Occlusion, OcclusionProgress } from '../../../src/core/explain/occlusion.js';
import type { PromptParts } from '../../../src/core/prompt/promptParts.js';
import { greedy } from '../../../src/core/sampling/samplingOptions.js';
import type { AnalysisTurn } from '../../../src/engine/analysis/analysisTurn.js';
import type { LoadedModel } from '../../../src/engine/models/loadedModel.js';
import type { SuggestionExplanation, SuggestionParams } from '../../../src/protocol/explainContract.js';
import { noAbort } from '../modelFixtures.js';

/** A turn of the engine that nothing interrupts. */
export const turn: AnalysisTurn = { signal: noAbort, giveWay: () => Promise.resolve() };

/** A cursor in a file with another one beside it, after letters that token healing takes back. */
export const prompt: PromptParts = {
  path: 'src/tasks.ts',
  languageId: 'typescript',
  chunks: [{ path: 'src/titles.ts', text: 'export const firstTitle = (tasks: Task[]) => tasks[0].title;' }],
  prefix:
    'interface Task {\n  title: string;\n  done: boolean;\n}\n\nexport function openTasks(tasks: Task[]): Task[] {\n  return tasks.filter((task) => !task.done);\n}\n\nexport function titles(tasks: Task[]): string[] {\n',
  prefixStartLine: 0,
  currentLine: '  return ta',
  suffix: '\n}\n\nexport const 이름 = "🙂";\n',
};

/** The same in few words, for models with a context of 128 tokens. */
export const small: PromptParts = {
  ...prompt,
  path: 'a.ts',
  chunks: [{ path: 'b', text: 'x' }],
  prefix: 'ab\n\ncd\nef\n',
  currentLine: 'g',
  suffix: '\nh\n',
};

/** What the model writes here, as the completion would ask for it. */
export async function suggestionOf(model: LoadedModel, parts: PromptParts): Promise<ExplainTarget> {
  const { text, tokens } = await model.generate(
    {
      prompt: parts,
      sampling: greedy,
      stop: { maxNewTokens: 6, singleLine: false, maxLines: 10, stopStrings: [], deadlineMs: 60_000 },
      memory: 'off',
      tokenHealing: true,
      alternativeCount: 3,
    },
    () => undefined,
    noAbort,
  );
  return { text, ids: tokens.map(({ id }) => id), from: 0 };
}

/** Its tokens as the panel asks for them. */
export function explain(
  model: LoadedModel,
  parts: PromptParts,
  target: ExplainTarget,
  changes: Partial<SuggestionParams> = {},
): Promise<SuggestionExplanation> {
  const asked = { alternativeCount: 0, memory: 'off', singleLine: true } as const;
  return model.explainer.explain({ prompt: parts, target, contrastText: '', ...asked, ...changes }, turn);
}

/** What leaving out parts of the prompt changes. */
export function occlude(
  model: LoadedModel,
  parts: PromptParts,
  target: ExplainTarget,
  contrastText = '',
  report: (progress: OcclusionProgress) => void = () => undefined,
): Promise<Occlusion> {
  return model.explainer.occlude({ prompt: parts, target, contrastText }, 'grouped', report, turn);
}
