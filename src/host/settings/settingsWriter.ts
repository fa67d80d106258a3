import * as vscode from 'vscode';
import { changeLanguage, effectiveLevel, isLanguageEnabled, type SettingLevel } from './toggleTarget.js';
import type { SettingsReader } from './settingsReader.js';

const targets: Readonly<Record<SettingLevel, vscode.ConfigurationTarget>> = {
  global: vscode.ConfigurationTarget.Global,
  workspace: vscode.ConfigurationTarget.Workspace,
  workspaceFolder: vscode.ConfigurationTarget.WorkspaceFolder,
};

/** Switches completion on or off in the settings, at the level where the change takes effect. */
export class SettingsWriter {
  constructor(private readonly settings: SettingsReader) {}

  /** @returns whether completion is on now. */
  async toggleCompletion(resource: vscode.Uri | undefined): Promise<boolean> {
    const enabled = !this.settings.get('glassbox.completion.enabled', resource);
    const configuration = vscode.workspace.getConfiguration('glassbox.completion', resource ?? null);
    const level = effectiveLevel(configuration.inspect<boolean>('enabled') ?? {});
    await configuration.update('enabled', enabled, targets[level]);
    return enabled;
  }

  /** @returns whether the language is on now. */
  async toggleLanguage(languageId: string, resource: vscode.Uri | undefined): Promise<boolean> {
    const enabled = !isLanguageEnabled(this.settings.get('glassbox.completion.languages', resource), languageId);
    const configuration = vscode.workspace.getConfiguration('glassbox.completion', resource ?? null);
    const levels = configuration.inspect<Readonly<Record<string, boolean>>>('languages') ?? {};
    const { level, languages } = changeLanguage(levels, languageId, enabled);
    await configuration.update('languages', languages, targets[level]);
    return enabled;
  }
}
