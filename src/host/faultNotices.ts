import * as vscode from 'vscode';
import type { GlassboxError } from '../core/errors.js';
import { nextSteps, type NextStep } from './completion/nextSteps.js';
import type { Translate } from './translate.js';

/** Shows a message with buttons and runs the command of the one pressed. Waits for nobody: a message may stay for hours. */
export function showMessage(severity: 'info' | 'warning', message: string, steps: readonly NextStep[]): void {
  const show = severity === 'info' ? vscode.window.showInformationMessage : vscode.window.showWarningMessage;
  void show(message, ...steps.map(({ title }) => title)).then((pressed) => {
    const step = steps.find(({ title }) => title === pressed);
    if (step === undefined) return undefined;
    return vscode.commands.executeCommand(step.command, ...(step.argument === undefined ? [] : [step.argument]));
  });
}

/** Something the user should know although nobody asked. */
export interface FaultNotice {
  /** Names the fault, so that it is told once. */
  readonly fault: string;
  readonly sentence: string;
  readonly error: GlassboxError;
}

/** Notifications nobody asked for: each fault is told once in a window, always with something to do about it. */
export class FaultNotices {
  private readonly told = new Set<string>();

  /** Tells of the fault unless it was told before. */
  tell({ fault, sentence, error }: FaultNotice, t: Translate): void {
    if (this.told.has(fault)) return;
    this.told.add(fault);
    showMessage('warning', sentence, nextSteps(t, { kind: 'failed', error }));
  }
}
