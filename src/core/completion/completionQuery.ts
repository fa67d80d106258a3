import type { MemoryScope } from '../memory/memoryScope.js';
import type { DocumentSnapshot, TextPosition, TextRange } from './documentSnapshot.js';

/** The item selected in the IntelliSense list: it is the forced beginning of any suggestion. */
export interface SelectedSuggestion {
  readonly text: string;
  /** The range of the cursor's line it would replace. */
  readonly range: TextRange;
}

/** One request: everything the pipeline may look at. */
export interface CompletionQuery {
  readonly document: DocumentSnapshot;
  readonly position: TextPosition;
  /** `explicit` when the user asked (several alternatives, no delay), else `automatic`. */
  readonly trigger: 'automatic' | 'explicit';
  /** All cursors and selections of the editor; the first is the primary one. */
  readonly selections: readonly { readonly anchor: TextPosition; readonly active: TextPosition }[];
  readonly selectedSuggestion: SelectedSuggestion | undefined;
  /** True while an input method composes (Hangul, Kana, ...). */
  readonly isComposing: boolean;
}

/** What the user set, already decoded, for the document's language and folder. */
export interface CompletionSettings {
  readonly enabled: boolean;
  /** Language id -> on or off; `*` is the fallback. */
  readonly languages: Readonly<Record<string, boolean>>;
  /** Globs of files never completed in nor used as context, added to the built-in list. */
  readonly secretFiles: readonly string[];
  readonly multiLine: 'never' | 'auto' | 'always';
  readonly maxLines: number;
  /** Which code is remembered while completing. */
  readonly memory: MemoryScope;
  /** Until when completion is snoozed, in `Clock.now()` milliseconds; 0 when it is not. */
  readonly snoozedUntilMs: number;
}

/** Which model answers; part of every cache key. */
export interface CompletionModel {
  readonly id: string;
  /** SHA-256 of the card. */
  readonly hash: string;
  readonly contextLength: number;
  /** False for a model without fill-in-the-middle tokens: it is only asked where nothing but closers follows. Absent means true. */
  readonly fillsInTheMiddle?: boolean;
}
