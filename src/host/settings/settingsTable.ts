import * as v from 'valibot';
import { memoryScopes } from '../../core/memory/memoryScope.js';

/** Who may set a value: `machine` settings name paths or resources of this computer, so a workspace cannot set them. */
export type SettingScope = 'window' | 'resource' | 'machine';

/** One setting: what counts as valid, and what holds when the value is not. */
export interface Setting<T> {
  readonly schema: v.GenericSchema<unknown, T>;
  /** Equals the default in the manifest; a test compares them. */
  readonly fallback: T;
  readonly scope: SettingScope;
}

/** Languages that are off until the user switches them on: prose, logs, and files whose values are secrets. */
const languagesByDefault: Readonly<Record<string, boolean>> = {
  '*': true,
  plaintext: false,
  scminput: false,
  'git-commit': false,
  dotenv: false,
  log: false,
};

const glob = v.pipe(v.string(), v.nonEmpty(), v.maxLength(1000));

/** Every setting of the manifest. */
export const settings = {
  'glassbox.completion.enabled': { schema: v.boolean(), fallback: true, scope: 'resource' },
  'glassbox.completion.languages': {
    schema: v.record(v.string(), v.boolean()),
    fallback: languagesByDefault,
    scope: 'resource',
  },
  'glassbox.completion.multiLine': {
    schema: v.picklist(['never', 'auto', 'always']),
    fallback: 'auto',
    scope: 'resource',
  },
  'glassbox.completion.maxLines': {
    schema: v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(50)),
    fallback: 12,
    scope: 'resource',
  },
  'glassbox.completion.memory': { schema: v.picklist(memoryScopes), fallback: 'workspace', scope: 'resource' },
  'glassbox.completion.secretFiles': { schema: v.array(glob), fallback: [], scope: 'resource' },
  'glassbox.models.active': { schema: v.pipe(v.string(), v.maxLength(4096)), fallback: '', scope: 'machine' },
  'glassbox.models.folders': { schema: v.array(glob), fallback: [], scope: 'machine' },
  'glassbox.search.model': { schema: v.pipe(v.string(), v.maxLength(4096)), fallback: '', scope: 'machine' },
  'glassbox.search.maxFiles': {
    schema: v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(200_000)),
    fallback: 10_000,
    scope: 'window',
  },
  'glassbox.tokens.statusBar': { schema: v.boolean(), fallback: false, scope: 'window' },
} as const satisfies Record<string, Setting<unknown>>;

/** The id of a setting. */
export type SettingKey = keyof typeof settings;

/** The decoded type of a setting. */
export type SettingValue<K extends SettingKey> = v.InferOutput<(typeof settings)[K]['schema']>;

/** What decoding gave: the value that holds, and why the configured one does not, if so. */
export interface Decoded<T> {
  readonly value: T;
  readonly problem: string | undefined;
}

/** Checks one configured value; a wrong one yields the fallback and a sentence for the log. */
export function decodeSetting<K extends SettingKey>(key: K, raw: unknown): Decoded<SettingValue<K>> {
  const setting: Setting<SettingValue<K>> = settings[key] as unknown as Setting<SettingValue<K>>;
  if (raw === undefined) return { value: setting.fallback, problem: undefined };
  const result = v.safeParse(setting.schema, raw);
  if (result.success) return { value: result.output, problem: undefined };
  const why = result.issues.map((issue) => issue.message).join('; ');
  return {
    value: setting.fallback,
    problem: `Setting ${key} is ignored (${why}); using ${JSON.stringify(setting.fallback)}.`,
  };
}
