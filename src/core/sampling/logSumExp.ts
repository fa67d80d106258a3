/**
 * Natural logarithm of the sum of exponentials, taken after subtracting the maximum so that nothing overflows. The
 * log-probability of token `id` is `logits[id] - logSumExp(logits)`. NaN counts as minus infinity; minus infinity when
 * there is nothing finite.
 *
 * @param logits one row, [vocabulary]
 */
export function logSumExp(logits: Float32Array): number {
  let maximum = -Infinity;
  for (const logit of logits) if (logit > maximum) maximum = logit;
  if (!Number.isFinite(maximum)) return maximum;
  let sum = 0;
  for (const logit of logits) if (logit === logit) sum += Math.exp(logit - maximum);
  return maximum + Math.log(sum);
}
