import { formatTable, type TableColumn } from '../table.js';
import type { ReportMemory, ReportToken, WhyReport } from './whyReport.js';

/** Lines of the occlusion list that are printed; all of them are in the JSON. */
const printedUnits = 20;

/** Alternatives that are printed beside a token. */
const printedAlternatives = 3;

const right = (title: string): TableColumn => ({ title, align: 'right' });
const left = (title: string): TableColumn => ({ title, align: 'left' });

/** An explanation for people who read a terminal. */
export function formatWhy(report: WhyReport): string {
  const { text, source, model, logProb, tokens, memory } = report;
  const parts = [
    [
      `suggestion   ${JSON.stringify(text)}`,
      `source       ${source}, ${model.id} ${model.version}`,
      `probability  ${percent(logProb)} (log-prob ${logProb.toFixed(3)})${memory ? ' by the model alone' : ''}, ${tokens.length} tokens`,
      ...(memory === undefined ? [] : formatMemory(memory)),
    ].join('\n'),
    formatTokens(tokens),
    formatContrast(report.contrast),
    formatPrompt(report.prompt),
    `time         ${report.time.map(({ stage, ms }) => `${stage} ${ms.toFixed(1)} ms`).join(', ')}`,
    formatOcclusion(report),
  ];
  return `${parts.filter((part) => part !== '').join('\n\n')}\n`;
}

function formatMemory({ logProb, tokenCount, rememberedCount, places }: ReportMemory): readonly string[] {
  const from = places.map(({ path, ...lines }) => `${path} ${place(lines)}`).join(', ');
  const sentence =
    rememberedCount === 0
      ? 'no token comes mostly from your code'
      : `${rememberedCount} of ${tokenCount} tokens come mostly from your code: ${from}`;
  return [
    `with memory  ${percent(logProb)} (log-prob ${logProb.toFixed(3)}) by model and memory together`,
    `memory       ${sentence}`,
  ];
}

function formatTokens(tokens: readonly ReportToken[]): string {
  const isRemembering = tokens.some(({ remembered }) => remembered !== undefined);
  const rows = tokens.map((token) => [
    token.logProbGivenTyped.toFixed(3),
    percent(token.logProbGivenTyped),
    String(token.rank),
    ...(isRemembering ? memoryCells(token) : []),
    JSON.stringify(token.text),
    token.alternatives
      .filter(({ id }) => id !== token.id)
      .slice(0, printedAlternatives)
      .map(({ text, logProb }) => `${JSON.stringify(text)} ${percent(logProb)}`)
      .join('  '),
  ]);
  const memoryColumns = [right('with memory'), right('memory’s'), left('written in')];
  const columns = [
    ...[right('log-prob'), right('prob'), right('rank')],
    ...(isRemembering ? memoryColumns : []),
    ...[left('token'), left('instead')],
  ];
  return formatTable(columns, rows).trimEnd();
}

/** Probability by model and memory together, the share of it that is memory's, and the place, `+` the tokens that agree there before it `+` behind its line. */
function memoryCells({ remembered }: ReportToken): readonly string[] {
  if (remembered === undefined) return ['', '', ''];
  const { logProb, share, place: written } = remembered;
  return [
    percent(logProb),
    `${(share * 100).toFixed(1)} %`,
    written === undefined
      ? ''
      : `${written.path}:${written.line} +${written.agreement}${written.agreementAhead > 0 ? `+${written.agreementAhead}` : ''}`,
  ];
}

function formatContrast(contrast: WhyReport['contrast']): string {
  if (contrast === undefined) return '';
  const { text, firstDifferentToken, tokens, withMemory } = contrast;
  const { logProb, otherLogProb } = withMemory ?? contrast;
  const difference = logProb - otherLogProb;
  const times = Math.exp(Math.abs(difference)).toPrecision(3);
  const verdict = `${times} times ${difference < 0 ? 'less' : 'more'} likely than ${JSON.stringify(text)}`;
  return [
    `compared     ${verdict}, from token ${firstDifferentToken + 1} on (${logProb.toFixed(3)} against ${otherLogProb.toFixed(3)})`,
    ...(withMemory === undefined
      ? []
      : [`             by the model alone ${contrast.logProb.toFixed(3)} against ${contrast.otherLogProb.toFixed(3)}`]),
    formatTokens(tokens),
  ].join('\n');
}

function formatPrompt({ parts, tokenCount, contextLength, healedTokenCount, cut }: WhyReport['prompt']): string {
  const rows = parts
    .filter(({ kind }) => kind !== 'control')
    .map((part) => [String(part.tokenCount), place(part), [part.kind, part.name].join(' ').trim()]);
  const controlCount = parts.filter(({ kind }) => kind === 'control').length;
  const healed = healedTokenCount > 0 ? `, the last ${healedTokenCount} written again (token healing)` : '';
  const left = cutSentences(cut);
  return [
    `prompt       ${tokenCount} of ${contextLength} tokens, ${controlCount} of them control tokens${healed}`,
    formatTable([right('tokens'), { title: 'lines', align: 'left' }, { title: 'part', align: 'left' }], rows).trimEnd(),
    ...(left.length === 0 ? [] : [`not sent     ${left.join('; ')}`]),
  ].join('\n');
}

function cutSentences(cut: WhyReport['prompt']['cut']): readonly string[] {
  return [
    ...(cut.readsPrefixOnly ? ['this model reads from left to right: no path and nothing after the cursor'] : []),
    ...(cut.prefixLines > 0 ? [`${cut.prefixLines} lines above (${cut.prefixLength} characters)`] : []),
    ...(cut.suffixLength > 0 && !cut.readsPrefixOnly ? [`${cut.suffixLength} characters below`] : []),
    ...(cut.chunks > 0 ? [`${cut.chunks} chunks of other files`] : []),
    ...(cut.currentLineLength > 0 ? [`${cut.currentLineLength} characters of the current line`] : []),
  ];
}

function formatOcclusion({ occlusion, contrast, memory }: WhyReport): string {
  if (occlusion === undefined) return '';
  const { units, runCount, readTokenCount, isGrouped } = occlusion;
  const changeOf = (unit: (typeof units)[number]): number => unit.contrastChange ?? unit.change;
  const rows = units
    .slice(0, printedUnits)
    .map((unit) => [
      changeOf(unit).toFixed(3),
      `x${Math.exp(changeOf(unit)).toPrecision(3)}`,
      place(unit) === '' ? unit.part : place(unit),
      firstLine(unit.text),
    ]);
  const what = contrast === undefined ? 'the suggestion’s log-probability' : 'its lead over the other text';
  const notes = [
    `${runCount} prompts scored, ${readTokenCount} tokens read`,
    ...(memory === undefined ? [] : ['measured on the model alone']),
    ...(isGrouped ? ['far lines were left out in groups; --every-line measures each'] : []),
    ...(units.length > printedUnits ? [`${units.length - printedUnits} more in --json`] : []),
  ];
  return [
    `left out     change of ${what} when a part of the prompt is left out; below 0 the part speaks for it`,
    formatTable(
      [right('change'), right('factor'), { title: 'where', align: 'left' }, { title: 'text', align: 'left' }],
      rows,
    ).trimEnd(),
    notes.join('; '),
  ].join('\n');
}

function place({ startLine, endLine }: { readonly startLine?: number; readonly endLine?: number }): string {
  if (startLine === undefined || endLine === undefined) return '';
  return startLine === endLine ? `line ${startLine}` : `lines ${startLine}-${endLine}`;
}

function firstLine(text: string): string {
  const [line = '', ...others] = text.split('\n');
  return others.length === 0 ? line : `${line} …`;
}

function percent(logProb: number): string {
  const share = Math.exp(logProb) * 100;
  return share < 0.01 && share > 0 ? '<0.01 %' : `${share.toFixed(2)} %`;
}
