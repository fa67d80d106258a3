import { writtenName } from '../controlTokens.js';
import { isScoreList, type TokenizerFile } from '../tokenizerFile.js';
import type { LatticeEdge, UnigramWord } from './replayTrace.js';
import type { WordReplay } from './wordReplay.js';

/** How much less likely an unknown character is than the least likely piece (SentencePiece's `kUnkPenalty`). */
const unknownPenalty = 10;

interface TrieNode {
  /** Index of the piece that ends here, -1 when none does. */
  piece: number;
  readonly children: Map<string, TrieNode>;
}

/** An edge with the best way to it. */
interface ReachedEdge extends LatticeEdge {
  /** Sum of the scores of the best path that ends with this edge. */
  pathScore: number;
  /** Index of the edge before it on that path; -1 at the start of the word. */
  previous: number;
}

/** Replays Unigram: all pieces that fit, and the path through them of the highest sum of scores. */
export class UnigramReplay implements WordReplay {
  readonly algorithm = 'unigram';
  readonly #pieces: readonly (readonly [string, number])[];
  readonly #unknownId: number;
  readonly #unknownScore: number;
  readonly #trie: TrieNode;

  constructor({ model }: TokenizerFile) {
    this.#pieces = isScoreList(model.vocab) ? model.vocab : [];
    this.#unknownId = model.unk_id ?? -1;
    this.#unknownScore = this.#pieces.reduce((lowest, [, score]) => Math.min(lowest, score), Infinity) - unknownPenalty;
    this.#trie = { piece: -1, children: new Map() };
    for (const [index, [piece]] of this.#pieces.entries()) this.#insert(piece, index);
  }

  replay(word: string): { readonly steps: UnigramWord; readonly pieces: readonly string[] } {
    const characters = Array.from(word);
    const { edges, endingAt } = this.#lattice(characters);
    const bestScores = new Float64Array(characters.length + 1).fill(-Infinity);
    bestScores[0] = 0;
    for (const edge of edges) this.#reach(edge, edges, endingAt[edge.start]!);
    for (const { end, pathScore } of edges) bestScores[end] = Math.max(bestScores[end]!, pathScore);
    const bestPath: number[] = [];
    let index = best(edges, endingAt[characters.length]!, 0);
    for (; index >= 0; index = edges[index]!.previous) bestPath.unshift(index);
    return {
      steps: {
        kind: 'unigram',
        characters,
        edges: edges.map(({ start, end, id, name, score }) => ({ start, end, id, name, score })),
        bestScores,
        bestPath,
      },
      pieces: bestPath.map((edge) => characters.slice(edges[edge]!.start, edges[edge]!.end).join('')),
    };
  }

  /** Every piece that stands somewhere, by its start and then its end; an unknown one where no single character is. */
  #lattice(characters: readonly string[]): { edges: ReachedEdge[]; endingAt: number[][] } {
    const edges: ReachedEdge[] = [];
    const endingAt = Array.from({ length: characters.length + 1 }, (): number[] => []);
    const add = (start: number, end: number, id: number): void => {
      const isUnknown = id === this.#unknownId;
      const name = writtenName(this.#pieces[id]?.[0] ?? '');
      const score = isUnknown ? this.#unknownScore : this.#pieces[id]![1];
      endingAt[end]!.push(edges.push({ start, end, id, name, score, pathScore: 0, previous: -1 }) - 1);
    };
    for (let start = 0; start < characters.length; start++) {
      let hasCharacter = false;
      let node: TrieNode | undefined = this.#trie;
      for (let end = start; end < characters.length; end++) {
        node = node.children.get(characters[end]!);
        if (node === undefined) break;
        if (node.piece < 0) continue;
        add(start, end + 1, node.piece);
        hasCharacter ||= end === start;
      }
      if (!hasCharacter) add(start, start + 1, this.#unknownId);
    }
    return { edges, endingAt };
  }

  #reach(edge: ReachedEdge, edges: readonly ReachedEdge[], before: readonly number[]): void {
    edge.previous = best(edges, before, edge.score);
    edge.pathScore = (edges[edge.previous]?.pathScore ?? 0) + edge.score;
  }

  #insert(piece: string, index: number): void {
    let node = this.#trie;
    for (const character of piece) {
      let child = node.children.get(character);
      if (child === undefined) {
        child = { piece: -1, children: new Map() };
        node.children.set(character, child);
      }
      node = child;
    }
    node.piece = index;
  }
}

/**
 * Which of the edges is best followed by one of `score`, -1 when there is none; of equals the first. The sums are
 * compared and not the scores so far, as the library does it, so that rounding decides in the same way.
 */
function best(edges: readonly ReachedEdge[], candidates: readonly number[], score: number): number {
  let chosen = -1;
  let highest = 0;
  for (const candidate of candidates) {
    const sum = edges[candidate]!.pathScore + score;
    if (chosen < 0 || sum > highest) {
      chosen = candidate;
      highest = sum;
    }
  }
  return chosen;
}
