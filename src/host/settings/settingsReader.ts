import * as vscode from 'vscode';
import type { CompletionSettings } from '../../core/completion/completionQuery.js';
import { LruMap } from '../../core/flow/lruMap.js';
import type { Log } from '../../core/log.js';
import { decodeSetting, type SettingKey, type SettingValue } from './settingsTable.js';

const section = 'glassbox';

type CompletionPreferences = Omit<CompletionSettings, 'snoozedUntilMs'>;

/** Own choice: more documents than anyone types in at once. */
const rememberedDocuments = 50;

/**
 * Reads the settings of the extension, decoded. A value of a wrong type falls back to the default and is said once in
 * the log for as long as it stays wrong.
 */
export class SettingsReader implements vscode.Disposable {
  private readonly changed = new vscode.EventEmitter<vscode.ConfigurationChangeEvent>();
  private readonly subscription: vscode.Disposable;
  private readonly reported = new Set<string>();
  private readonly preferences = new LruMap<string, CompletionPreferences>(rememberedDocuments);

  /** Fires after a setting of the extension changed; values read from then on are the new ones. */
  readonly onDidChange = this.changed.event;

  constructor(private readonly log: Log) {
    this.subscription = vscode.workspace.onDidChangeConfiguration((event) => {
      if (!event.affectsConfiguration(section)) return;
      this.reported.clear();
      this.preferences.clear();
      this.changed.fire(event);
    });
  }

  /** The value that holds for a document or folder, or for the window. */
  get<K extends SettingKey>(key: K, resource?: vscode.Uri): SettingValue<K> {
    return this.read(configurationOf(resource), key);
  }

  /** What the user set about completion in the document `uri`. Remembered, since it is read with every key. */
  completionPreferences(uri: string): CompletionPreferences {
    const known = this.preferences.get(uri);
    if (known !== undefined) return known;
    // One view for all keys: making one merges the settings of every level.
    const configuration = configurationOf(vscode.Uri.parse(uri));
    const read: CompletionPreferences = {
      enabled: this.read(configuration, 'glassbox.completion.enabled'),
      languages: this.read(configuration, 'glassbox.completion.languages'),
      multiLine: this.read(configuration, 'glassbox.completion.multiLine'),
      maxLines: this.read(configuration, 'glassbox.completion.maxLines'),
      memory: this.read(configuration, 'glassbox.completion.memory'),
      secretFiles: this.readSecretFiles(configuration),
    };
    this.preferences.set(uri, read);
    return read;
  }

  dispose(): void {
    this.subscription.dispose();
    this.changed.dispose();
  }

  private read<K extends SettingKey>(configuration: vscode.WorkspaceConfiguration, key: K): SettingValue<K> {
    const { value, problem } = decodeSetting(key, configuration.get<unknown>(withoutSection(key)));
    if (problem !== undefined && !this.reported.has(problem)) {
      this.reported.add(problem);
      this.log.warn(problem);
    }
    return value;
  }

  /** A workspace may add globs but not remove those of the user: the lists of all levels are joined. */
  private readSecretFiles(configuration: vscode.WorkspaceConfiguration): readonly string[] {
    const key = 'glassbox.completion.secretFiles';
    const inEffect = this.read(configuration, key);
    const levels = configuration.inspect<unknown>(withoutSection(key));
    const set = [levels?.globalValue, levels?.workspaceValue, levels?.workspaceFolderValue];
    return [...new Set([...inEffect, ...set.flatMap((value) => decodeSetting(key, value).value)])];
  }
}

function configurationOf(resource: vscode.Uri | undefined): vscode.WorkspaceConfiguration {
  return vscode.workspace.getConfiguration(section, resource ?? null);
}

function withoutSection(key: SettingKey): string {
  return key.slice(section.length + 1);
}
