/** One change of a document, as the editor reports it; offsets are UTF-16 units into the text before the change. */
export interface TextChange {
  readonly offset: number;
  readonly removedLength: number;
  readonly text: string;
}

interface LastStep {
  readonly start: number;
  readonly end: number;
  readonly composing: boolean;
}

const composedScripts =
  /^[\p{Script=Hangul}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Han}\p{Script=Bopomofo}ー]+$/u;

/** A consonant or vowel by itself is the first step of composing a syllable with a Korean input method. */
const singleJamo = /^[\u3131-\u318e\u1100-\u11ff]$/u;

/**
 * Guesses whether an input method is composing. VS Code tells extensions nothing about composition, but the changes
 * have a signature: the text just inserted is replaced by other text of a composed script (ㅎ → 하 → 한, か → 가).
 * A Korean syllable counts as composing until something else is typed, because its final consonant may still move on
 * (한 + ㅏ → 하나). What cannot be seen: Latin letters waiting to become Kana or Han before their first conversion.
 */
export class CompositionDetector {
  private readonly lastSteps = new Map<string, LastStep>();

  /** To be called for every change of the document `uri`, in order. */
  record(uri: string, changes: readonly TextChange[]): void {
    const change = changes.length === 1 ? changes[0] : undefined;
    if (change === undefined || change.text.length === 0) {
      this.lastSteps.delete(uri);
      return;
    }
    const last = this.lastSteps.get(uri);
    this.lastSteps.set(uri, {
      start: change.offset,
      end: change.offset + change.text.length,
      composing: isCompositionStep(change, last),
    });
  }

  /** True when the last change of the document was a step of composing and ended at this offset. */
  isComposingAt(uri: string, offset: number): boolean {
    const last = this.lastSteps.get(uri);
    return last !== undefined && last.composing && last.end === offset;
  }

  /** To be called when the document closes. */
  forget(uri: string): void {
    this.lastSteps.delete(uri);
  }
}

function isCompositionStep(change: TextChange, last: LastStep | undefined): boolean {
  if (!composedScripts.test(change.text)) return false;
  if (change.removedLength === 0) return singleJamo.test(change.text);
  const removedEnd = change.offset + change.removedLength;
  return last !== undefined && change.offset >= last.start && removedEnd === last.end;
}
