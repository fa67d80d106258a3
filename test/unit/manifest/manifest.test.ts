import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { panels } from '../../../src/build/layers.mjs';
import { commandIds, recordAcceptanceCommand } from '../../../src/host/commandIds.js';
import { settings } from '../../../src/host/settings/settingsTable.js';
import { translatedSentences } from './translatedSentences.js';

const root = path.resolve(import.meta.dirname, '../../..');

interface SettingDeclaration {
  readonly default: unknown;
  readonly scope?: string;
  readonly description?: string;
  readonly markdownDescription?: string;
}

interface Manifest {
  readonly icon: string;
  readonly main: string;
  readonly l10n: string;
  readonly activationEvents: readonly string[];
  readonly engines: { readonly vscode: string };
  readonly devDependencies: Readonly<Record<string, string>>;
  readonly capabilities: {
    readonly untrustedWorkspaces: { readonly supported: unknown; readonly restrictedConfigurations: readonly string[] };
    readonly virtualWorkspaces: unknown;
  };
  readonly contributes: {
    readonly commands: readonly { readonly command: string; readonly title: string; readonly category: string }[];
    readonly configuration: readonly {
      readonly title: string;
      readonly properties: Readonly<Record<string, SettingDeclaration>>;
    }[];
    readonly walkthroughs: readonly {
      readonly steps: readonly { readonly description: string; readonly media: { readonly svg: string } }[];
    }[];
  };
}

type Strings = Readonly<Record<string, string>>;

function readJson(file: string): unknown {
  return JSON.parse(readFileSync(path.join(root, file), 'utf8'));
}

const manifestText = readFileSync(path.join(root, 'package.json'), 'utf8');
const manifest = JSON.parse(manifestText) as Manifest;
const english = readJson('package.nls.json') as Strings;
const korean = readJson('package.nls.ko.json') as Strings;
const properties = Object.assign({}, ...manifest.contributes.configuration.map((group) => group.properties)) as Record<
  string,
  SettingDeclaration
>;

describe('commands', () => {
  it('are the same in the manifest and in the code', () => {
    const declared = manifest.contributes.commands.map(({ command }) => command);

    expect(declared.toSorted()).toEqual(Object.values(commandIds).toSorted());
    expect(declared).not.toContain(recordAcceptanceCommand);
  });

  it('are called glassbox.<domain>.<verbNoun>', () => {
    const ids = [...Object.values(commandIds), recordAcceptanceCommand];

    expect(ids.filter((id) => !/^glassbox\.[a-z][A-Za-z]*\.[a-z]+[A-Z][A-Za-z]*$/.test(id))).toEqual([]);
  });

  it('stand under one category, with a title in words', () => {
    for (const { category, title } of manifest.contributes.commands) {
      expect(category).toBe('Glassbox');
      expect(english[title.slice(1, -1)]).toMatch(/^[A-Z][A-Za-z ]+[…?]?$/);
    }
  });
});

describe('settings', () => {
  it('are the same in the manifest and in the code', () => {
    expect(Object.keys(properties).toSorted()).toEqual(Object.keys(settings).toSorted());
  });

  it.each(Object.entries(settings))(
    '%s has the default and the scope of the code, and a description',
    (key, setting) => {
      const declared = properties[key];

      expect(declared?.default).toEqual(setting.fallback);
      expect(declared?.scope).toBe(setting.scope);
      expect(declared?.description ?? declared?.markdownDescription).toMatch(/^%config\./);
    },
  );

  it('that belong to the machine are exactly those that an untrusted workspace may not set', () => {
    const ofTheMachine = Object.entries(settings).flatMap(([key, { scope }]) => (scope === 'machine' ? [key] : []));

    expect(manifest.capabilities.untrustedWorkspaces.restrictedConfigurations.toSorted()).toEqual(
      ofTheMachine.toSorted(),
    );
  });

  it('whose name speaks of a path belong to the machine', () => {
    const paths = Object.entries(settings).filter(([key]) => /folder|path|file$|directory|endpoint|url/i.test(key));

    expect(paths.filter(([, { scope }]) => scope !== 'machine')).toEqual([]);
    expect(paths.map(([key]) => key)).toContain('glassbox.models.folders');
  });
});

describe('strings', () => {
  it('of the manifest exist in both languages and nowhere in vain', () => {
    const used = [...manifestText.matchAll(/"%([^%"]+)%"/g)].map((match) => match[1]);
    const wanted = [...new Set(used)].toSorted();

    expect(Object.keys(english).toSorted()).toEqual(wanted);
    expect(Object.keys(korean).toSorted()).toEqual(wanted);
  });

  it('of the code exist in both bundles and nowhere in vain', () => {
    const { sentences, notLiteral } = translatedSentences(['src/host', 'webview'].map((name) => path.join(root, name)));
    const englishBundle = readJson(`${manifest.l10n}/bundle.l10n.json`) as Strings;
    const koreanBundle = readJson(`${manifest.l10n}/bundle.l10n.ko.json`) as Strings;

    expect(notLiteral).toEqual([]);
    expect(sentences.size).toBeGreaterThan(50);
    expect(Object.keys(englishBundle).toSorted()).toEqual([...sentences].toSorted());
    expect(Object.keys(koreanBundle).toSorted()).toEqual([...sentences].toSorted());
    expect(Object.entries(englishBundle).filter(([key, value]) => key !== value)).toEqual([]);
  });

  it('keep every placeholder and every command link in Korean', () => {
    const bundle = readJson(`${manifest.l10n}/bundle.l10n.ko.json`) as Strings;
    const marks = (text: string): string[] =>
      [...text.matchAll(/\{\d\}|\(command:[^)]*\)|`[^`]*`/g)].map(([m]) => m).toSorted();
    const pairs = [
      ...Object.entries(bundle),
      ...Object.entries(english).map(([key, text]) => [text, korean[key] ?? '']),
    ];

    expect(pairs.filter(([en = '', ko = '']) => String(marks(en)) !== String(marks(ko)))).toEqual([]);
  });

  it('are Korean in Korean', () => {
    const bundle = readJson(`${manifest.l10n}/bundle.l10n.ko.json`) as Strings;
    const untranslated = Object.entries({ ...korean, ...bundle }).filter(([, text]) => !/[가-힣]/.test(text));

    expect(untranslated.map(([key]) => key)).toEqual(['displayName', 'ONNX Runtime']);
  });
});

describe('the manifest', () => {
  it('asks for the editor version whose types the code is compiled against', () => {
    const installed = readJson('node_modules/@types/vscode/package.json') as { version: string };

    expect(manifest.engines.vscode).toBe(`^${installed.version}`);
    expect(manifest.devDependencies['@types/vscode']).toContain(installed.version);
  });

  it('activates after start-up, because completion works in every language, and for panels that are restored', () => {
    const restored = panels.map((panel) => `onWebviewPanel:glassbox.panel.${panel}`);

    expect(manifest.activationEvents.toSorted()).toEqual(['onStartupFinished', ...restored].toSorted());
  });

  it('is honest about untrusted and virtual workspaces', () => {
    expect(manifest.capabilities.untrustedWorkspaces.supported).toBe('limited');
    expect(manifest.capabilities.virtualWorkspaces).toBe(true);
  });

  it('names pictures that exist, the icon as a PNG of 128 pixels', () => {
    const icon = readFileSync(path.join(root, manifest.icon));
    const drawings = manifest.contributes.walkthroughs.flatMap(({ steps }) => steps.map(({ media }) => media.svg));

    expect(icon.subarray(1, 4).toString('latin1')).toBe('PNG');
    expect([icon.readUInt32BE(16), icon.readUInt32BE(20)]).toEqual([128, 128]);
    expect(drawings.filter((file) => !existsSync(path.join(root, file)))).toEqual([]);
  });

  it('links walkthrough steps only to commands that exist', () => {
    const linked = Object.values(english).flatMap((text) =>
      [...text.matchAll(/\(command:([^?)]+)/g)].map((match) => match[1] ?? ''),
    );
    const ours = linked.filter((id) => id.startsWith('glassbox.'));

    expect(ours.length).toBeGreaterThan(0);
    expect(ours.filter((id) => !Object.values<string>(commandIds).includes(id))).toEqual([]);
  });
});
