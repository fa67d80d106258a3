import { GlassboxError } from '../../core/errors.js';
import { LruMap } from '../../core/flow/lruMap.js';
import type { Log } from '../../core/log.js';
import type { ModelDescriptor } from '../../core/model/modelDescriptor.js';
import type { Embeddings } from '../../protocol/embeddingsContract.js';
import type { EngineClient } from '../../protocol/engineContract.js';
import { isModelFault } from '../errorSentences.js';
import type { ModelCatalog } from '../models/modelCatalog.js';
import { chooseModel } from '../models/modelChoice.js';

/** Questions whose vector is remembered: people delete what they have just typed. Own choice. */
const rememberedQuestions = 64;

/** The encoder that search uses: the bundled one, unless the settings name another. */
export class SearchEncoder {
  private readonly questions = new LruMap<string, Float32Array>(rememberedQuestions);

  /** @param wanted Id or folder of the encoder the user chose; empty for the bundled one. */
  constructor(
    private readonly engine: EngineClient,
    private readonly catalog: ModelCatalog,
    private readonly wanted: () => string,
    private readonly log: Log,
  ) {}

  /** The encoder to use; undefined when there is none that works. @throws GlassboxError when the engine cannot look. */
  async current(): Promise<ModelDescriptor | undefined> {
    await this.catalog.ready();
    const { active, broken, missing } = chooseModel(this.catalog.known, this.wanted(), 'embedding');
    const unusable = missing ?? broken?.folder;
    if (unusable !== undefined) {
      this.log.warn(
        `search: ${unusable} cannot be used; ${active === undefined ? 'there is no other encoder' : `${active.id} is`}`,
      );
    }
    return active;
  }

  /** Embeds texts. @throws GlassboxError; a fault of the encoder is told to the catalogue. */
  async embed({ folder }: ModelDescriptor, texts: readonly string[], signal: AbortSignal): Promise<Embeddings> {
    try {
      return await this.engine.call('embeddings/embed', { folder, texts }, { signal });
    } catch (error) {
      const fault = GlassboxError.from(error);
      if (isModelFault(fault)) this.catalog.reportFault(folder, fault);
      throw fault;
    }
  }

  /** The vector of a question. @throws GlassboxError `cancelled`, and others. */
  async embedQuestion(encoder: ModelDescriptor, question: string, signal: AbortSignal): Promise<Float32Array> {
    const key = `${encoder.cardHash}\n${question}`;
    const known = this.questions.get(key);
    if (known !== undefined) return known;
    const { vectors } = await this.embed(encoder, [question], signal);
    this.questions.set(key, vectors);
    return vectors;
  }
}
