import type * as vscode from 'vscode';
import type { Lens } from './lens.js';

/** What a lens says of an editor in the status bar. */
export interface LensSummary {
  /** Codicon id. */
  readonly icon: string;
  /** A few words for the bar itself. */
  readonly text: string;
  /** The rest for the tooltip and for screen readers, one fact a sentence. */
  readonly facts: readonly string[];
  /** Further Markdown for the tooltip: a legend. */
  readonly legend?: string;
  /** Commands to offer, with their titles. */
  readonly commands: readonly (readonly [title: string, command: string])[];
}

/** Makes the summary of the lenses it knows; undefined when none of them is on. */
export interface LensSummarizer {
  summarize(editor: vscode.TextEditor, lenses: readonly Lens[]): LensSummary | undefined;
}
