import { Command } from 'commander';
import { once } from 'node:events';
import { createReadStream, createWriteStream } from 'node:fs';
import { rename } from 'node:fs/promises';
import { createInterface } from 'node:readline';
import { commentedCode } from './commentedCode.js';
import { documentedFunctions, mayHoldPairs } from './documentedFunctions.js';
import { loadGrammars, type Grammar } from './grammars.js';
import { SeenPairs } from './seenPairs.js';

/** A line of the corpus. */
interface CorpusDocument {
  readonly repository: string;
  readonly path: string;
  readonly language: string;
  readonly text: string;
}

/** What is cut out of a file. */
interface Pair {
  readonly description: string;
  readonly code: string;
}

interface PairOptions {
  readonly corpus: string;
  readonly out: string;
  readonly comments?: true;
}

async function writePairs({ corpus, out, comments }: PairOptions): Promise<void> {
  const grammars = await loadGrammars();
  const read: (text: string, grammar: Grammar) => readonly Pair[] =
    comments === true ? commentedCode : documentedFunctions;
  const seen = new SeenPairs();
  const partial = `${out}.partial`;
  const file = createWriteStream(partial);
  let documents = 0;
  let pairs = 0;
  for await (const line of createInterface({ input: createReadStream(corpus) })) {
    const { repository, path, language, text } = JSON.parse(line) as CorpusDocument;
    const grammar = grammars.get(language);
    if (++documents % 10_000 === 0) console.log(`${documents} files read, ${pairs} pairs`);
    if (grammar === undefined || !mayHoldPairs(path)) continue;
    for (const { description, code } of read(text, grammar)) {
      if (!seen.add(description, code)) continue;
      pairs++;
      const isTaken = file.write(`${JSON.stringify({ repository, path, language, description, code })}\n`);
      if (!isTaken) await once(file, 'drain');
    }
  }
  file.end();
  await once(file, 'finish');
  await rename(partial, out);
  console.log(`${pairs} pairs of ${documents} files`);
}

await new Command('npm run pairs --')
  .description('Cuts functions and what documents them out of a split of the training corpus, by syntax trees.')
  .requiredOption('--corpus <file>', 'JSONL of the corpus step')
  .requiredOption('--out <file>', 'JSONL to write: repository, path, language, description, code')
  .option('--comments', 'instead of functions, comments between statements and the statements behind them')
  .action(writePairs)
  .parseAsync();
