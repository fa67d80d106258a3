import * as v from 'valibot';

const maxNewTokensLimit = 1024;

const batchTaskSchema = v.object({
  id: v.union([v.string(), v.number()]),
  language: v.string(),
  path: v.optional(v.string(), ''),
  prefix: v.string(),
  suffix: v.string(),
  maxNewTokens: v.optional(v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(maxNewTokensLimit))),
  singleLine: v.optional(v.boolean()),
});

/** One line of a batch: complete between `prefix` and `suffix`. Keys beyond these are ignored. */
export type BatchTask = v.InferOutput<typeof batchTaskSchema>;

/** A line of a batch, read or refused with the reason. */
export type BatchLine =
  { readonly kind: 'task'; readonly task: BatchTask } | { readonly kind: 'refused'; readonly error: string };

/** Reads one line of a batch. */
export function parseBatchLine(line: string): BatchLine {
  let value: unknown;
  try {
    value = JSON.parse(line);
  } catch (error) {
    return { kind: 'refused', error: `not JSON: ${error instanceof Error ? error.message : String(error)}` };
  }
  const parsed = v.safeParse(batchTaskSchema, value);
  if (parsed.success) return { kind: 'task', task: parsed.output };
  const [issue] = parsed.issues;
  return { kind: 'refused', error: `${v.getDotPath(issue) ?? 'the line'}: ${issue.message}` };
}
