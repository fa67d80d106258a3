/** A setting as `WorkspaceConfiguration.inspect` reports it. */
export interface SettingLevels<T> {
  readonly globalValue?: T | undefined;
  readonly workspaceValue?: T | undefined;
  readonly workspaceFolderValue?: T | undefined;
}

/** Where a new value must be written to take effect. */
export type SettingLevel = 'global' | 'workspace' | 'workspaceFolder';

/** The innermost level that has a value wins over all others, so that is where a change must go; otherwise the user's. */
export function effectiveLevel<T>(levels: SettingLevels<T>): SettingLevel {
  if (levels.workspaceFolderValue !== undefined) return 'workspaceFolder';
  if (levels.workspaceValue !== undefined) return 'workspace';
  return 'global';
}

/** A change of the languages map: which level to write, and the map to write there. */
export interface LanguageChange {
  readonly level: SettingLevel;
  readonly languages: Readonly<Record<string, boolean>>;
}

/**
 * Switches one language. Levels of the map are merged key by key, so the innermost level that names the language is
 * changed; the entries of the other levels are not copied.
 */
export function changeLanguage(
  levels: SettingLevels<Readonly<Record<string, boolean>>>,
  languageId: string,
  enabled: boolean,
): LanguageChange {
  const named = (map: Readonly<Record<string, boolean>> | undefined): boolean => map?.[languageId] !== undefined;
  const level: SettingLevel = named(levels.workspaceFolderValue)
    ? 'workspaceFolder'
    : named(levels.workspaceValue)
      ? 'workspace'
      : 'global';
  const before = {
    global: levels.globalValue,
    workspace: levels.workspaceValue,
    workspaceFolder: levels.workspaceFolderValue,
  }[level];
  return { level, languages: { ...before, [languageId]: enabled } };
}

/** Whether the map switches a language on; `*` speaks for the languages it does not name. */
export function isLanguageEnabled(languages: Readonly<Record<string, boolean>>, languageId: string): boolean {
  return languages[languageId] ?? languages['*'] ?? true;
}
