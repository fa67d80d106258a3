import { gunzipSync } from 'node:zlib';
import * as v from 'valibot';
import { GlassboxError } from '../../../src/core/errors.js';
import type { GitMirror } from '../sources/gitMirror.js';
import type { EvalTask } from './evalTask.js';

/**
 * HumanEval-Infilling, single line (Bavarian et al. 2022, "Efficient training of language models to fill in the
 * middle"): 1,033 lines taken out of 164 Python functions. MIT.
 */
const humanEval = {
  repository: 'openai/human-eval-infilling',
  commit: '88062ff9859c875d04db115b698ed4b0f0395170',
  path: 'data/HumanEval-SingleLineInfilling.jsonl.gz',
} as const;

const problemSchema = v.object({
  task_id: v.string(),
  prompt: v.string(),
  suffix: v.string(),
  canonical_solution: v.string(),
});

/** @throws GlassboxError `file-unreadable` when the mirror does not have the benchmark. */
export function humanEvalTasks(mirror: GitMirror): readonly EvalTask[] {
  const { repository, commit, path } = humanEval;
  const [bytes] = mirror.read(repository, commit, [path]);
  if (bytes === undefined) throw new GlassboxError('file-unreadable', `${repository} has no ${path} at ${commit}.`);
  return parseHumanEval(gunzipSync(bytes).toString('utf8'));
}

/**
 * Reads the benchmark's JSON Lines. A solution is one line with its indentation and its line break; here the line break
 * belongs to what follows, and the cursor stands at the beginning of the line.
 *
 * @throws valibot's error when a line is not of the benchmark's form.
 */
export function parseHumanEval(contents: string): readonly EvalTask[] {
  return contents
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => {
      const { task_id, prompt, suffix, canonical_solution } = v.parse(problemSchema, JSON.parse(line));
      const start = prompt.length;
      const end = start + canonical_solution.trimEnd().length;
      return {
        id: `${task_id}#line@${start}`,
        kind: 'line',
        source: {
          // The lines of one function are alike: they count as one file.
          origin: task_id.replace(/\/L\d+$/, ''),
          path: 'solution.py',
          languageId: 'python',
          text: prompt + canonical_solution + suffix,
        },
        start,
        end,
      };
    });
}
