import * as vscode from 'vscode';
import type { CompletionSettings } from '../../core/completion/completionQuery.js';
import { LruMap } from '../../core/flow/lruMap.js';
import type { Log } from '../../core/log.js';
import { decodeSetting, settings, type SettingKey, type SettingValue } from './settingsTable.js';

type CompletionPreferences = Omit<CompletionSettings, 'snoozedUntilMs'>;

/** Own choice: more documents than anyone types in at once. */
const rememberedDocuments = 50;

/** Where a value is read: settings differ by folder and by language. */
export type SettingsScope = vscode.ConfigurationScope | undefined;

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
      if (!event.affectsConfiguration('glassbox')) return;
      this.reported.clear();
      this.preferences.clear();
      this.changed.fire(event);
    });
  }

  /** The value that holds for `scope`. */
  get<K extends SettingKey>(key: K, scope?: SettingsScope): SettingValue<K> {
    const configuration = vscode.workspace.getConfiguration(undefined, scope ?? null);
    // A `machine` setting in a workspace file is not part of the effective value: VS Code drops it.
    const { value, problem } = decodeSetting(key, configuration.get<unknown>(key));
    if (problem !== undefined && !this.reported.has(problem)) {
      this.reported.add(problem);
      this.log.warn(problem);
    }
    return value;
  }

  /** What the user set about completion in a document. Remembered, since it is read with every key. */
  completionPreferences(document: { readonly uri: string; readonly languageId: string }): CompletionPreferences {
    const cacheKey = `${document.languageId}\n${document.uri}`;
    const known = this.preferences.get(cacheKey);
    if (known !== undefined) return known;
    const uri = vscode.Uri.parse(document.uri);
    const scope = { uri, languageId: document.languageId };
    const read: CompletionPreferences = {
      enabled: this.get('glassbox.completion.enabled', scope),
      languages: this.get('glassbox.completion.languages', scope),
      multiLine: this.get('glassbox.completion.multiLine', scope),
      maxLines: this.get('glassbox.completion.maxLines', scope),
      secretFiles: this.secretFiles(uri),
    };
    this.preferences.set(cacheKey, read);
    return read;
  }

  dispose(): void {
    this.subscription.dispose();
    this.changed.dispose();
  }

  /** A workspace may add globs but not remove those of the user: the lists of all levels are joined. */
  private secretFiles(uri: vscode.Uri): readonly string[] {
    const key = 'glassbox.completion.secretFiles';
    const found = vscode.workspace.getConfiguration(undefined, uri).inspect<unknown>(key);
    const levels = [found?.globalValue, found?.workspaceValue, found?.workspaceFolderValue];
    const globs = levels.flatMap((level) => decodeSetting(key, level).value);
    this.get(key, uri);
    return [...new Set(globs.length === 0 ? settings[key].fallback : globs)];
  }
}
